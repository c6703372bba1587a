#include "process/runtime/runtime_fixture.hpp"

#include <condition_variable>
#include <future>
#include <stdexcept>

using namespace std::chrono_literals;
using runtime::Answer;
using runtime::BpmnError;
using runtime::Completed;
using runtime::Failed;
using runtime::InstanceState;
using runtime::Job;

TEST_CASE("a worker does the job outside of the transaction, and the process goes on with its result")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_job()}});
        std::vector<Job> seen;
        fixture.engine.register_worker("work", [&](const Job& job) -> Answer {
            seen.push_back(job);
            return Completed{{{"found", true}}};
        });
        const auto id = fixture.start("one-job", "AG-1", {{"copies", 2}});

        CHECK(fixture.engine.run_due() == 1);
        CHECK(fixture.engine.run_due() == 0);

        REQUIRE(seen.size() == 1);
        CHECK(seen[0].business_key == "AG-1");
        CHECK(seen[0].element == "work");
        CHECK(feel::to_text(*seen[0].variables.find("copies")) == "2");
        CHECK(feel::to_text(*seen[0].headers.find("state")) == "paid");
        CHECK(fixture.is_completed(id));
        CHECK(fixture.variables(id).find("found")->is_true());
    });
}

TEST_CASE("a job that fails is tried again later, then becomes an incident that a person can resolve")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_job()}});
        std::vector<std::string> keys;
        bool is_mended = false;
        fixture.engine.register_worker("work", [&](const Job& job) -> Answer {
            keys.push_back(job.idempotency_key);
            if (keys.size() == 1)
                throw std::runtime_error("wires crossed");
            if (!is_mended)
                return Failed{"no route"};
            return Completed{};
        });
        const auto id = fixture.start("one-job");

        fixture.engine.run_due();
        CHECK(fixture.engine.run_due() == 0);
        CHECK(fixture.reports == std::vector<std::string>{"work: wires crossed"});
        CHECK(fixture.incidents().empty());
        fixture.clock.advance(10s);
        fixture.engine.run_due();
        REQUIRE(fixture.incidents().size() == 1);
        const auto incident = fixture.incidents().front();
        CHECK(incident.element == "work");
        CHECK(incident.message == "no route");
        CHECK(incident.business_key == "AG-1");
        CHECK(fixture.instance(id).incidents == 1);
        fixture.clock.advance(24h);
        CHECK(fixture.engine.run_due() == 0);

        is_mended = true;
        auto transaction = fixture.database.begin(fixture.tenant);
        REQUIRE(fixture.engine.resolve_incident(transaction, incident.id, "Anna"));
        transaction.commit();
        fixture.engine.run_due();

        CHECK(fixture.is_completed(id));
        CHECK(fixture.incidents().empty());
        REQUIRE(keys.size() == 3);
        CHECK(keys[0] == keys[1]);
        CHECK(keys[1] == keys[2]);
    });
}

TEST_CASE("a business error goes the way that the model has for it")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_job()}});
        fixture.engine.register_worker("work", [](const Job&) -> Answer { return BpmnError{"LATE"}; });
        fixture.start("one-job");

        fixture.engine.run_due();

        CHECK(fixture.waiting() == "look");
        CHECK(fixture.incidents().empty());
    });
}

TEST_CASE("work in the transaction is done before the start returns, together with the caller's rows")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_job()}});
        int done = 0;
        fixture.engine.register_worker_in_transaction(
            "work",
            [&](sql::Transaction& transaction, const Job& job) -> Answer {
                ++done;
                CHECK(transaction.tenant() == job.tenant);
                // What the unit has done so far is there for the worker to read.
                CHECK(fixture.engine.find_instance(transaction, job.instance));
                return Completed{{{"paymentId", "1"}}};
            }
        );

        const auto id = fixture.start("one-job");

        CHECK(done == 1);
        CHECK(fixture.is_completed(id));
        CHECK(fixture.variables(id).find("paymentId") != nullptr);
    });
}

TEST_CASE("a worker in the transaction may start and reach other processes")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy(
            {{"a.bpmn", test_models::one_job()},
             {"b.bpmn", test_models::one_task()},
             {"c.bpmn", test_models::started_by_message()}}
        );
        fixture.engine.register_worker_in_transaction(
            "work",
            [&](sql::Transaction& transaction, const Job&) -> Answer {
                CHECK(fixture.engine.start(transaction, "one-task", "inner", {}));
                CHECK(fixture.engine.publish_message(
                    transaction, {.name = "reported", .correlation_key = "lamp"}
                ));
                return Completed{};
            }
        );

        CHECK(fixture.is_completed(fixture.start("one-job")));

        CHECK(fixture.tasks().size() == 2);
    });
}

TEST_CASE("work in the transaction that fails is tried again later by itself")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_job()}});
        bool is_ready = false;
        fixture.engine.register_worker_in_transaction("work", [&](sql::Transaction&, const Job&) -> Answer {
            if (!is_ready)
                return Failed{"not yet"};
            return Completed{};
        });
        const auto id = fixture.start("one-job");
        CHECK(fixture.instance(id).state == InstanceState::active);
        CHECK(fixture.engine.run_due() == 0);

        is_ready = true;
        fixture.clock.advance(10s);
        CHECK(fixture.engine.run_due() == 1);
        CHECK(fixture.is_completed(id));
    });
}

TEST_CASE("the job of a worker that was killed is done by another when its lock has run out")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_job()}});
        Fixture other(fixture.database);
        int taken_over = 0;
        other.engine.register_worker("work", [&](const Job&) -> Answer {
            ++taken_over;
            return Completed{};
        });
        fixture.engine.register_worker("work", [&](const Job&) -> Answer {
            CHECK(other.engine.run_due() == 0);
            other.clock.advance(5min);
            CHECK(other.engine.run_due() == 1);
            return Completed{};
        });
        const auto id = fixture.start("one-job");

        fixture.engine.run_due();

        CHECK(taken_over == 1);
        CHECK(fixture.is_completed(id));
        CHECK(fixture.reports.empty());
    });
}

TEST_CASE("a worker outside of the program locks jobs, and answers each once")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_job()}});
        for (int number = 0; number < 3; ++number)
            fixture.start("one-job");
        const auto activate = [&](std::size_t most) {
            auto transaction = fixture.database.begin(fixture.tenant);
            auto jobs = fixture.engine.activate_jobs(transaction, "work", "outsider", most, 1min);
            transaction.commit();
            return jobs;
        };
        const auto answer = [&](const Job& job, const Answer& said) {
            auto transaction = fixture.database.begin(fixture.tenant);
            const auto taken = fixture.engine.answer_job(transaction, job.id, said);
            if (taken)
                transaction.commit();
            return taken.has_value();
        };

        const auto first = activate(2);
        REQUIRE(first.size() == 2);
        CHECK(activate(10).size() == 1);
        CHECK(activate(10).empty());
        CHECK(answer(first[0], Completed{}));
        CHECK_FALSE(answer(first[0], Completed{}));
        CHECK(answer(first[1], Failed{.message = "later", .back_off = 5s}));
        fixture.clock.advance(5s);
        CHECK(activate(10).size() == 1);
        fixture.clock.advance(1min);
        CHECK(activate(10).size() == 2);
    });
}

TEST_CASE("whoever takes jobs does not wait for those who work on the same instances")
{
    for_each_runtime([](Fixture& fixture) {
        if (!fixture.database.is_postgres())
            return;  // SQLite has one writer at a time
        fixture.deploy({{"a.bpmn", test_models::one_job()}});
        const auto instance = fixture.start("one-job");
        auto other = fixture.database.begin(fixture.tenant);
        REQUIRE(fixture.engine.set_variables(other, instance, {{"copies", 2}}, "Muster"));

        auto taking = std::async(std::launch::async, [&] {
            auto transaction = fixture.database.begin(fixture.tenant);
            const auto jobs = fixture.engine.activate_jobs(transaction, "work", "outsider", 1, 1min);
            transaction.commit();
            return jobs.size();
        });

        CHECK(taking.wait_for(20s) == std::future_status::ready);
        other.commit();
        CHECK(taking.get() == 1);
    });
}

TEST_CASE("timers fire in order, a bounded number in one piece of work, and each once")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_timer()}});
        std::vector<runtime::InstanceId> instances;
        for (int number = 0; number < 50; ++number) {
            instances.push_back(fixture.start("one-timer"));
            fixture.clock.advance(1s);
        }
        fixture.clock.advance(30min);
        CHECK(fixture.engine.run_due() == 0);

        fixture.clock.advance(24h);
        CHECK(fixture.engine.run_due(1) == 1);
        CHECK(fixture.is_completed(instances[31]));
        CHECK_FALSE(fixture.is_completed(instances[32]));
        CHECK(fixture.engine.run_due(1000) == 1);
        CHECK(fixture.is_completed(instances[49]));
        CHECK(fixture.engine.run_due() == 0);
    });
}

TEST_CASE("a timer that cannot fire is put off and reported, and those due with it fire all the same")
{
    testing::for_each_database({runtime::resources::migrations()}, [](sql::Database& database) {
        Fixture fixture(database, {.most_bytes = 10'000});
        fixture.deploy({{"a.bpmn", test_models::growing_after_timer()}});
        const auto before = fixture.start("growing", "AG-1", {{"text", "short"}});
        const auto long_one = fixture.start("growing", "AG-2", {{"text", std::string(6000, 'x')}});
        const auto after = fixture.start("growing", "AG-3", {{"text", "short"}});

        fixture.clock.advance(2h);
        fixture.engine.run_due();

        CHECK(fixture.tasks().size() == 2);
        CHECK(feel::to_text(*fixture.variables(before).find("text")) == "shortshort");
        CHECK(feel::to_text(*fixture.variables(after).find("text")) == "shortshort");
        CHECK(fixture.instance(long_one).state == runtime::InstanceState::active);
        REQUIRE(fixture.reports.size() == 1);
        CHECK(fixture.reports.front().find(long_one.text + ": runtime.too_large") != std::string::npos);
        CHECK(fixture.engine.run_due() == 0);
    });
}

TEST_CASE("threads do what comes in, together with other programs, each job once")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_job()}});
        Fixture other(fixture.database);
        std::mutex mutex;
        std::condition_variable changed;
        int done = 0;
        for (auto* each : {&fixture, &other}) {
            each->engine.register_worker("work", [&](const Job&) -> Answer {
                const std::lock_guard lock(mutex);
                ++done;
                changed.notify_all();
                return Completed{};
            });
            each->engine.start_threads(2);
        }

        std::vector<runtime::InstanceId> instances;
        for (int number = 0; number < 20; ++number)
            instances.push_back(fixture.start("one-job"));
        std::unique_lock lock(mutex);
        CHECK(changed.wait_for(lock, 30s, [&] { return done >= 20; }));
        lock.unlock();
        fixture.engine.stop();
        other.engine.stop();

        CHECK(done == 20);
        for (const auto& id : instances)
            CHECK(fixture.is_completed(id));
    });
}
