// What operators do by hand, and processes that the clock starts.
#include "process/runtime/runtime_fixture.hpp"

using namespace runtime;
using namespace std::chrono_literals;

namespace {

std::string active(Fixture& fixture, const InstanceId& id)
{
    auto transaction = fixture.database.begin_read(fixture.tenant);
    std::string lines;
    for (const auto& element : fixture.engine.active_elements(transaction, id))
        lines += element.element + " " + element.waits_for + "\n";
    return lines;
}

base::Result<> modify(Fixture& fixture, const InstanceId& id, const Modification& wanted)
{
    auto transaction = fixture.database.begin(fixture.tenant);
    auto done = fixture.engine.modify(transaction, id, wanted, "Berger");
    if (done)
        transaction.commit();
    return done;
}

base::Result<std::vector<std::string>> migrate(
    Fixture& fixture,
    const InstanceId& id,
    int version,
    const MigrationPlan& plan = {},
    bool is_dry_run = false
)
{
    auto transaction = fixture.database.begin(fixture.tenant);
    auto problems = fixture.engine.migrate(transaction, id, version, plan, "Berger", is_dry_run);
    if (problems && problems->empty())
        transaction.commit();
    return problems;
}

std::string two_tasks(const std::string& first, const std::string& more = {})
{
    return test_models::file(test_models::process(
        "tasks",
        "<startEvent id=\"start\"/>" + test_models::user_task(first) + test_models::user_task("second") +
            "<endEvent id=\"end\"/>" + more + test_models::flow("start", first) +
            test_models::flow(first, "second") + test_models::flow("second", "end")
    ));
}

std::string timed(const std::string& id, const std::string& timer, const std::string& task = "check")
{
    return test_models::file(test_models::process(
        id,
        "<startEvent id=\"start\"><timerEventDefinition>" + timer + "</timerEventDefinition></startEvent>" +
            test_models::user_task(task) + "<endEvent id=\"end\"/>" + test_models::flow("start", task) +
            test_models::flow(task, "end")
    ));
}

const std::string hourly = "<timeCycle xsi:type=\"tFormalExpression\">R3/PT1H</timeCycle>";

}  // namespace

TEST_CASE("an operator sees what is active, skips it, and the trail says who did it")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", two_tasks("first")}});
        const auto id = fixture.start("tasks");
        CHECK(active(fixture, id) == "first task\n");

        REQUIRE(modify(fixture, id, {.terminate = {"first"}, .activate = {"second"}}));
        CHECK(active(fixture, id) == "second task\n");
        CHECK(fixture.waiting() == "second");

        auto transaction = fixture.database.begin_read(fixture.tenant);
        const auto trail = fixture.engine.trail(transaction, id);
        const auto noted = std::ranges::find(trail, "modified", &TrailEntry::event);
        REQUIRE(noted != trail.end());
        CHECK(noted->who == "Berger");
    });
}

TEST_CASE("nothing has no key")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", two_tasks("first")}});
        fixture.start("tasks");
        auto transaction = fixture.database.begin_read(fixture.tenant);
        CHECK_FALSE(fixture.engine.find_instance(transaction, {""}));
        CHECK_FALSE(fixture.engine.definition_file(transaction, ""));
    });
}

TEST_CASE("a modification that cannot be made is refused with the reason, and changes nothing")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", two_tasks("first")}});
        const auto id = fixture.start("tasks");

        CHECK(reason(modify(fixture, id, {.activate = {"third"}})) == "runtime.unknown_element third");
        CHECK(reason(modify(fixture, id, {.terminate = {"second"}})) == "runtime.element_not_active second");
        CHECK(reason(modify(fixture, {"1"}, {.terminate = {"second"}})) == "runtime.unknown_instance ");
        CHECK(fixture.waiting() == "first");
    });
}

TEST_CASE("28: an instance goes on in the new version, whose timer at the active task fires")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", two_tasks("first")}});
        const auto id = fixture.start("tasks");
        fixture.deploy(
            {{"a.bpmn",
              two_tasks(
                  "first",
                  "<boundaryEvent id=\"due\" attachedToRef=\"first\"><timerEventDefinition>"
                  "<timeDuration xsi:type=\"tFormalExpression\">PT1H</timeDuration>"
                  "</timerEventDefinition></boundaryEvent>" +
                      test_models::flow("due", "second")
              )}}
        );
        CHECK(reason(migrate(fixture, id, 2)).empty());
        CHECK(fixture.instance(id).version == 2);
        CHECK(fixture.waiting() == "first");

        fixture.clock.advance(61min);
        CHECK(fixture.engine.run_due() == 1);
        CHECK(fixture.waiting() == "second");
        REQUIRE(fixture.complete(fixture.tasks().front()));
        CHECK(fixture.is_completed(id));
    });
}

TEST_CASE(
    "a dry run says what stands against a migration; with a plan it is done, and the task has its new name"
)
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", two_tasks("first")}});
        const auto id = fixture.start("tasks");
        fixture.deploy({{"a.bpmn", two_tasks("approve")}});

        const auto problems = migrate(fixture, id, 2);
        REQUIRE(problems);
        REQUIRE(problems->size() == 1);
        CHECK(problems->front().starts_with("«first» is active, but the new version has no such element"));
        CHECK(fixture.instance(id).version == 1);

        CHECK(migrate(fixture, id, 2, {{"first", "approve"}}, true)->empty());
        CHECK(fixture.instance(id).version == 1);
        CHECK(migrate(fixture, id, 2, {{"first", "approve"}})->empty());
        CHECK(fixture.waiting() == "approve");
        CHECK(fixture.tasks().front().name == "Check approve");
        CHECK(reason(migrate(fixture, id, 7)) == "runtime.unknown_version tasks 7");

        REQUIRE(fixture.complete(fixture.tasks().front()));
        CHECK(fixture.waiting() == "second");
    });
}

TEST_CASE("a timer starts a process at each of its moments, once, and keeps its grid after a standstill")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", timed("hourly", hourly)}}, fixture.tenant.text);
        CHECK(fixture.engine.run_due() == 0);
        fixture.clock.advance(1h);
        CHECK(fixture.engine.run_due() == 1);
        CHECK(fixture.engine.run_due() == 0);
        CHECK(fixture.tasks().size() == 1);

        // Two and a half hours without a program: made up for once, then on the grid again.
        fixture.clock.advance(150min);
        CHECK(fixture.engine.run_due() == 1);
        CHECK(fixture.engine.run_due() == 0);
        fixture.clock.advance(29min);
        CHECK(fixture.engine.run_due() == 0);
        fixture.clock.advance(1min);
        CHECK(fixture.engine.run_due() == 1);
        CHECK(fixture.tasks().size() == 3);

        fixture.clock.advance(48h);
        CHECK(fixture.engine.run_due() == 0);
    });
}

TEST_CASE("a new version's timer takes the place of the old one's")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", timed("hourly", hourly)}}, fixture.tenant.text);
        fixture.deploy({{"a.bpmn", timed("hourly", hourly, "look")}}, fixture.tenant.text);
        fixture.clock.advance(1h);
        CHECK(fixture.engine.run_due() == 1);
        CHECK(fixture.waiting() == "look");
    });
}

TEST_CASE("a start timer that needs variables is refused when it is deployed")
{
    for_each_runtime([](Fixture& fixture) {
        const auto model =
            timed("hourly", "<timeDuration xsi:type=\"tFormalExpression\">=patience</timeDuration>");
        auto transaction = fixture.database.begin({"canton"});
        const std::vector<Resource> resources{{"a.bpmn", model}};
        const auto refused = fixture.engine.deploy(transaction, resources);
        CHECK(reason(refused).find("the timer of a start event needs no variables") != std::string::npos);
    });
}
