// In which order jobs are given out, and that nobody waits for ever.
#include "process/runtime/runtime_fixture.hpp"

#include <algorithm>
#include <map>

using namespace std::chrono_literals;

namespace {

// Start, job of type "work" with a priority that is the variable `urgent`, end.
std::string one_job(const std::string& type = "work")
{
    return test_models::file(test_models::process(
        "process-" + type,
        "<startEvent id=\"start\"/><serviceTask id=\"work\"><extensionElements>"
        "<zeebe:taskDefinition type=\"" +
            type +
            "\"/><zeebe:jobPriorityDefinition priority=\"=urgent\"/></extensionElements></serviceTask>"
            "<endEvent id=\"end\"/>" +
            test_models::flow("start", "work") + test_models::flow("work", "end")
    ));
}

// The business keys of the jobs that a worker outside gets.
std::vector<std::string> taken(Fixture& fixture, std::size_t most)
{
    auto transaction = fixture.database.begin(fixture.tenant);
    std::vector<std::string> keys;
    for (const auto& job : fixture.engine.activate_jobs(transaction, "work", "anna", most, 1h))
        keys.push_back(job.business_key);
    transaction.commit();
    return keys;
}

}  // namespace

TEST_CASE("11: the more urgent job goes first, and yet one that is not urgent has its turn")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", one_job()}});
        fixture.start("process-work", "usual", {{"urgent", 0}});
        fixture.start("process-work", "urgent", {{"urgent", 5}});
        fixture.start("process-work", "can wait", {{"urgent", -5}});
        CHECK(taken(fixture, 1) == std::vector<std::string>{"urgent"});

        // A point of priority is worth a minute: those who came five minutes earlier go before it.
        fixture.clock.advance(6min);
        fixture.start("process-work", "urgent again", {{"urgent", 5}});

        CHECK(taken(fixture, 9) == std::vector<std::string>{"usual", "urgent again", "can wait"});
    });
}

TEST_CASE("a tenant with a thousand jobs does not keep another's one job from being done")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", one_job()}});
        std::map<std::string, int> done;
        fixture.engine.register_worker("work", [&](const runtime::Job& job) -> runtime::Answer {
            ++done[job.tenant.text];
            return runtime::Completed{};
        });
        for (int order = 0; order < 100; ++order)
            fixture.start("process-work", "many", {{"urgent", 100}});
        fixture.tenant = {"4022"};
        fixture.clock.advance(1s);
        fixture.start("process-work", "one", {{"urgent", 0}});

        fixture.engine.run_due(8);

        CHECK(done["4022"] == 1);
        CHECK(done["4021"] == 7);
    });
}

TEST_CASE("a kind of job whose system is down does not keep other kinds from being done")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", one_job("slow")}, {"b.bpmn", one_job("quick")}});
        int quick = 0;
        fixture.engine.register_worker("slow", [&](const runtime::Job&) -> runtime::Answer {
            return runtime::Failed{"the register is closed", 1000, 0s};
        });
        fixture.engine.register_worker("quick", [&](const runtime::Job&) -> runtime::Answer {
            ++quick;
            return runtime::Completed{};
        });
        for (int order = 0; order < 100; ++order)
            fixture.start("process-slow", "AG-1", {{"urgent", 100}});
        for (int order = 0; order < 10; ++order)
            fixture.start("process-quick", "AG-2", {{"urgent", 0}});

        for (int look = 0; look < 10; ++look)
            fixture.engine.run_due(32);

        CHECK(quick == 10);
    });
}

TEST_CASE("those who watch see how much there is, by tenant, and how long the oldest waits")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", one_job()}, {"b.bpmn", test_models::one_timer()}});
        fixture.start("process-work", "AG-1", {{"urgent", 0}});
        fixture.start("process-work", "AG-2", {{"urgent", 0}});
        fixture.start("one-timer");
        fixture.clock.advance(1h + 5s);
        auto transaction = fixture.database.begin_read_across_tenants();

        const auto load = fixture.engine.load(transaction);

        REQUIRE(load.jobs.size() == 1);
        CHECK(load.jobs[0].tenant == fixture.tenant);
        CHECK(load.jobs[0].name == "work");
        CHECK(load.jobs[0].count == 2);
        CHECK(load.active_instances.size() == 2);
        CHECK(load.incidents.empty());
        CHECK(load.timer_lag == 5s);
        CHECK(load.job_lag == 1h + 5s);
    });
}

TEST_CASE("timers that are long overdue leave room for jobs")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", one_job()}, {"b.bpmn", test_models::one_timer()}});
        int done = 0;
        fixture.engine.register_worker("work", [&](const runtime::Job&) -> runtime::Answer {
            ++done;
            return runtime::Completed{};
        });
        for (int number = 0; number < 200; ++number)
            fixture.start("one-timer");
        fixture.clock.advance(24h);
        fixture.start("process-work", "AG-1", {{"urgent", 0}});

        fixture.engine.run_due(40);

        CHECK(done == 1);
    });
}

TEST_CASE("what came due while no program ran is done by the next one, from the database alone")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_timer()}, {"b.bpmn", one_job()}});
        const auto waiting = fixture.start("one-timer");
        const auto working = fixture.start("process-work", "AG-1", {{"urgent", 0}});

        // Another program, much later, that has seen nothing of this.
        Fixture other(fixture.database);
        other.clock.advance(30 * 24h);
        other.engine.register_worker("work", [](const runtime::Job&) -> runtime::Answer {
            return runtime::Completed{};
        });
        while (other.engine.run_due() > 0)
            ;

        CHECK(other.is_completed(waiting));
        CHECK(other.is_completed(working));
    });
}

TEST_CASE("a job may fail hundreds of times and is counted right")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", one_job()}});
        fixture.start("process-work", "AG-1", {{"urgent", 0}});
        auto transaction = fixture.database.begin(fixture.tenant);
        const auto job = fixture.engine.jobs(transaction, {}).at(0).id;

        for (int retries = 400; retries > 0; --retries)
            REQUIRE(fixture.engine.answer_job(transaction, job, runtime::Failed{"closed", retries, 0s}));
        CHECK(fixture.engine.jobs(transaction, {}).at(0).failures == 400);
        CHECK(fixture.engine.jobs(transaction, {}).at(0).retries == 1);

        REQUIRE(fixture.engine.answer_job(transaction, job, runtime::Failed{"closed", -5, 0s}));
        CHECK(fixture.engine.jobs(transaction, {}).empty());
        CHECK(fixture.engine.activate_jobs(transaction, "work", "anna", 1, 1h).empty());
        CHECK(fixture.engine.incidents(transaction).size() == 1);
    });
}
