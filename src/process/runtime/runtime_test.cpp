#include "process/runtime/runtime_fixture.hpp"

#include <latch>
#include <thread>

using namespace std::chrono_literals;
using base::ErrorKind;
using runtime::InstanceState;

TEST_CASE("a process waits for a person and ends when the task is done")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_task()}});

        const auto id = fixture.start("one-task", "AG-1", {{"copies", 2}});
        REQUIRE(fixture.waiting() == "check");
        const auto task = fixture.tasks().front();
        CHECK(task.business_key == "AG-1");
        CHECK(task.name == "Check check");
        CHECK(task.instance == id);
        REQUIRE(fixture.complete(task, {{"decision", "approve"}}));

        CHECK(fixture.waiting().empty());
        CHECK(fixture.is_completed(id));
        CHECK(feel::to_text(*fixture.variables(id).find("copies")) == "2");
        CHECK(feel::to_text(*fixture.variables(id).find("decision")) == "approve");
    });
}

TEST_CASE("a transaction that is dropped leaves the process where it was")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_task()}});
        {
            auto transaction = fixture.database.begin(fixture.tenant);
            REQUIRE(fixture.engine.start(transaction, "one-task", "lost", {}));
        }
        CHECK(fixture.waiting().empty());

        const auto id = fixture.start("one-task");
        const auto task = fixture.tasks().front();
        {
            auto transaction = fixture.database.begin(fixture.tenant);
            REQUIRE(fixture.engine.complete_task(transaction, task.id, {}, "Muster"));
        }
        CHECK(fixture.instance(id).state == InstanceState::active);
        CHECK(fixture.waiting() == "check");
        CHECK(fixture.complete(task));
        CHECK(fixture.is_completed(id));
    });
}

TEST_CASE("a new version is made only when the file has changed, and running instances stay on theirs")
{
    for_each_runtime([](Fixture& fixture) {
        const auto first = fixture.deploy({{"a.bpmn", test_models::one_task()}});
        const auto again = fixture.deploy({{"a.bpmn", test_models::one_task()}});
        const auto old = fixture.start("one-task");
        const auto changed = fixture.deploy({{"a.bpmn", test_models::one_task() + "<!-- changed -->"}});
        const auto recent = fixture.start("one-task");

        CHECK(first.front().is_new);
        CHECK_FALSE(again.front().is_new);
        CHECK(changed.front().version == 2);
        CHECK(fixture.instance(old).version == 1);
        CHECK(fixture.instance(recent).version == 2);
    });
}

TEST_CASE("a tenant's own process counts before the canton's, for this tenant only")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_task()}});
        fixture.deploy(
            {{"a.bpmn",
              test_models::file(test_models::process(
                  "one-task",
                  "<startEvent id=\"start\"/><endEvent id=\"end\"/>" + test_models::flow("start", "end")
              ))}},
            "4021"
        );

        CHECK(fixture.is_completed(fixture.start("one-task")));
        fixture.tenant = {"4045"};
        CHECK_FALSE(fixture.is_completed(fixture.start("one-task")));
    });
}

TEST_CASE(
    "a model that cannot be run is refused with file, line and element, and nothing of the deployment stays"
)
{
    for_each_runtime([](Fixture& fixture) {
        auto transaction = fixture.database.begin({"canton"});
        const std::vector<runtime::Resource> resources{
            {"good.bpmn", test_models::one_task()},
            {"bad.bpmn",
             test_models::file(test_models::process(
                 "bad", "<startEvent id=\"start\"/>" + test_models::flow("start", "nowhere")
             ))},
        };

        const auto refused = fixture.engine.deploy(transaction, resources);

        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::invalid);
        CHECK(refused.error().detail.find("bad.bpmn") != std::string::npos);
        CHECK(fixture.engine.start(transaction, "one-task", "", {}).error().kind == ErrorKind::not_found);
        const std::vector<runtime::Resource> unknown{{"readme.txt", "hello"}};
        CHECK(fixture.engine.deploy(transaction, unknown).error().kind == ErrorKind::invalid);
    });
}

TEST_CASE("of two clerks only the first claims a task, and the second is told who")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_task()}});
        fixture.start("one-task");
        const auto task = fixture.tasks().front();
        const auto claim = [&](std::string_view who) {
            auto transaction = fixture.database.begin(fixture.tenant);
            auto claimed = fixture.engine.claim_task(transaction, task.id, who);
            if (claimed)
                transaction.commit();
            return claimed;
        };

        CHECK(claim("Anna"));
        CHECK(claim("Anna"));
        const auto second = claim("Beat");
        REQUIRE_FALSE(second);
        CHECK(second.error().kind == ErrorKind::conflict);
        CHECK(second.error().detail == "Anna");
        CHECK(fixture.complete(task, {}, "Beat").error().kind == ErrorKind::conflict);
        CHECK(fixture.complete(task, {}, "Anna"));
        CHECK(claim("Beat").error().kind == ErrorKind::not_found);
    });
}

TEST_CASE("30: of two completions at once one wins, and the other learns that it is over")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_task()}});
        fixture.start("one-task");
        const auto task = fixture.tasks().front();
        std::latch both(2);
        std::array<bool, 2> won{};
        {
            std::vector<std::jthread> clerks;
            for (auto& mine : won)
                clerks.emplace_back([&] {
                    both.arrive_and_wait();
                    mine = fixture.complete(task).has_value();
                });
        }

        CHECK(won[0] != won[1]);
    });
}

TEST_CASE("29: sixteen completions at one join are all counted")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::join_of(16)}});
        const auto id = fixture.start("joining");
        const auto tasks = fixture.tasks();
        REQUIRE(tasks.size() == 16);
        std::latch all(16);
        std::atomic<int> refused = 0;
        {
            std::vector<std::jthread> clerks;
            for (const auto& task : tasks)
                clerks.emplace_back([&] {
                    all.arrive_and_wait();
                    refused += fixture.complete(task) ? 0 : 1;
                });
        }

        CHECK(refused == 0);
        CHECK(fixture.is_completed(id));
    });
}

TEST_CASE("another tenant sees and reaches nothing")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_task()}});
        const auto id = fixture.start("one-task");
        const auto task = fixture.tasks().front();
        fixture.tenant = {"4045"};

        CHECK(fixture.tasks().empty());
        CHECK(fixture.complete(task).error().kind == ErrorKind::not_found);
        auto transaction = fixture.database.begin(fixture.tenant);
        CHECK_FALSE(fixture.engine.find_instance(transaction, id));
        CHECK(fixture.engine.cancel(transaction, id, "Muster").error().kind == ErrorKind::not_found);
        CHECK(fixture.engine.claim_task(transaction, task.id, "x").error().kind == ErrorKind::not_found);
    });
}

TEST_CASE("the trail tells in order what happened and who did it")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_task()}});
        const auto id = fixture.start("one-task");
        fixture.clock.advance(1min);
        REQUIRE(fixture.complete(fixture.tasks().front(), {}, "Anna"));

        auto transaction = fixture.database.begin_read(fixture.tenant);
        const auto trail = fixture.engine.trail(transaction, id);
        std::string told;
        for (const auto& entry : trail)
            if (entry.element == "check" || entry.event == "started")
                told += entry.event + " " + entry.who + "; ";
        CHECK(told == "started ; activated ; task_completed Anna; completed ; ");
        CHECK(trail.back().at - trail.front().at == 1min);
    });
}

TEST_CASE("a cancelled instance is over, with everything that it waited for")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_task()}, {"b.bpmn", test_models::caller()}});
        const auto id = fixture.start("caller");
        REQUIRE(fixture.waiting() == "check");
        const auto called = fixture.tasks().front().instance;

        auto transaction = fixture.database.begin(fixture.tenant);
        CHECK(fixture.engine.cancel(transaction, called, "Anna").error().kind == ErrorKind::conflict);
        CHECK(fixture.engine.cancel(transaction, id, "Anna"));
        transaction.commit();

        CHECK(fixture.waiting().empty());
        CHECK(fixture.instance(id).state == InstanceState::terminated);
        CHECK(fixture.instance(called).state == InstanceState::terminated);
    });
}

TEST_CASE("a called process ends and its caller goes on with its variables")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_task()}, {"b.bpmn", test_models::caller()}});
        const auto id = fixture.start("caller", "AG-7");
        REQUIRE(fixture.waiting() == "check");
        CHECK(fixture.tasks().front().business_key == "AG-7");
        CHECK(fixture.instance(fixture.tasks().front().instance).parent == id);

        REQUIRE(fixture.complete(fixture.tasks().front(), {{"found", true}}));

        CHECK(fixture.waiting() == "after");
        CHECK(fixture.variables(id).find("found")->is_true());
        REQUIRE(fixture.complete(fixture.tasks().front()));
        CHECK(fixture.is_completed(id));
    });
}

TEST_CASE("a decision is taken by the newest deployed table")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy(
            {{"a.bpmn", test_models::one_decision()}, {"fees.dmn", test_models::fee_decision("1500")}}
        );
        const auto id = fixture.start("one-decision", "AG-1", {{"copies", 2}});
        CHECK(feel::to_text(*fixture.variables(id).find("fee")) == "3000");

        fixture.deploy({{"fees.dmn", test_models::fee_decision("2000")}});
        const auto later = fixture.start("one-decision", "AG-2", {{"copies", 2}});
        CHECK(feel::to_text(*fixture.variables(later).find("fee")) == "4000");
    });
}

TEST_CASE("an instance that would grow too large is refused unchanged")
{
    testing::for_each_database({runtime::resources::migrations()}, [](sql::Database& database) {
        Fixture fixture(database, {.most_bytes = 10'000});
        fixture.deploy({{"a.bpmn", test_models::one_task()}});
        const auto id = fixture.start("one-task");
        const runtime::Variables huge{{"text", std::string(20'000, 'x')}};

        CHECK(fixture.complete(fixture.tasks().front(), huge).error().kind == ErrorKind::invalid);
        auto transaction = database.begin(fixture.tenant);
        CHECK(fixture.engine.start(transaction, "one-task", "", huge).error().kind == ErrorKind::invalid);
        CHECK(fixture.engine.set_variables(transaction, id, huge, "x").error().kind == ErrorKind::invalid);
        transaction.commit();

        CHECK(fixture.instance(id).state == InstanceState::active);
        CHECK(fixture.complete(fixture.tasks().front()));
    });
}

TEST_CASE("a second runtime on the same database goes on where the first was")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::join_of(3)}});
        const auto id = fixture.start("joining");
        Fixture other(fixture.database);
        const auto tasks = fixture.tasks();
        REQUIRE(tasks.size() == 3);

        CHECK(fixture.complete(tasks[0]));
        CHECK(other.complete(tasks[1]));
        CHECK(fixture.complete(tasks[2]));

        CHECK(other.is_completed(id));
    });
}
