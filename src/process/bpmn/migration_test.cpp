// Instances that go on in another version of their process.
#include "process/bpmn/migration.hpp"
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

std::shared_ptr<const Definition> version(const std::string& process)
{
    const auto model = read_model(file(process));
    REQUIRE(model);
    REQUIRE_MESSAGE(model->is_executable(), findings(process));
    return model->processes.front();
}

template <class Wanted>
std::vector<Wanted> all(const Outcome& outcome)
{
    std::vector<Wanted> found;
    for (const Effect& effect : outcome.effects)
        if (const auto* wanted = std::get_if<Wanted>(&effect))
            found.push_back(*wanted);
    return found;
}

std::string problems(const Story& story, const std::string& process, const MigrationPlan& plan = {})
{
    const auto migrated =
        migrate(*story.first().definition, *version(process), story.first().state, plan, {});
    std::string lines;
    for (const std::string& problem : migrated.problems)
        lines += problem + "\n";
    if (!lines.empty())
        CHECK(encode(migrated.outcome.state) == encode(story.first().state));
    return lines;
}

}  // namespace

TEST_CASE("28: a timer that the new version adds to an active task is planned, and fires")
{
    Story story(scope("start > A > end"));
    story.start();
    const auto next = version(scope("start > A > end; due > B > endB", boundary("due", "A", timer("PT1H"))));
    const StepContext now{.now = story.world().now()};
    const auto migrated = migrate(*story.first().definition, *next, story.first().state, {}, now);

    CHECK(migrated.problems.empty());
    const auto timers = all<SetTimer>(migrated.outcome);
    REQUIRE(timers.size() == 1);
    CHECK(timers.front().due == story.world().now() + std::chrono::hours(1));

    const auto fired =
        step(*next, migrated.outcome.state, FireTimer{timers.front().id}, {.now = timers.front().due});
    CHECK(fired.rejection.empty());
    CHECK(all<RemoveTask>(fired).size() == 1);
    CHECK(all<CreateTask>(fired).size() == 1);
}

TEST_CASE("a task keeps its number, and goes on as the new version says")
{
    Story story(scope("start > A > end"));
    story.start();
    const Id task = story.first().tasks.at(0).id;
    const auto next = version(scope("start > first > A > B > end", node("task", "first")));
    const auto migrated = migrate(*story.first().definition, *next, story.first().state, {}, {});
    const auto completed = step(*next, migrated.outcome.state, CompleteTask{task}, {});

    CHECK(migrated.outcome.effects.empty());
    CHECK(completed.rejection.empty());
    CHECK(next->nodes[all<CreateTask>(completed).at(0).node].id == "B");
}

TEST_CASE("what the new version no longer listens to is withdrawn, what both have keeps its time")
{
    Story story(scope(
        "start > A > end; due > endDue; heard > endHeard",
        boundary("due", "A", timer("PT1H")) + boundary("heard", "A", signal)
    ));
    story.start();
    const auto next = version(scope("start > A > end; due > endDue", boundary("due", "A", timer("PT5H"))));
    const auto migrated = migrate(*story.first().definition, *next, story.first().state, {}, {});

    CHECK(all<Unsubscribe>(migrated.outcome).size() == 1);
    CHECK(all<SetTimer>(migrated.outcome).empty());
    CHECK(all<ClearTimer>(migrated.outcome).empty());
}

TEST_CASE("a catch event waits for what the new version says, an event-based gateway for its new arms too")
{
    Story waiting(scope("start > wait > end", node("intermediateCatchEvent", "wait", signal)));
    waiting.start();
    const auto other =
        version(scope("start > wait > end", node("intermediateCatchEvent", "wait", timer("PT1H"))));
    const auto changed = migrate(*waiting.first().definition, *other, waiting.first().state, {}, {});
    CHECK(all<Unsubscribe>(changed.outcome).size() == 1);
    CHECK(all<SetTimer>(changed.outcome).size() == 1);

    const auto arms = node("eventBasedGateway", "race") + node("intermediateCatchEvent", "hear", signal) +
                      node("intermediateCatchEvent", "due", timer("PT1H"));
    Story racing(scope("start > race; race > hear > end; race > due > end", arms));
    racing.start({{"order", 1}});
    const auto next = version(scope(
        "start > race; race > hear > end; race > due > end; race > get > end",
        arms + node("intermediateCatchEvent", "get", message)
    ));
    const auto added = migrate(*racing.first().definition, *next, racing.first().state, {}, {});
    CHECK(all<Subscribe>(added.outcome).size() == 1);
    CHECK(added.outcome.effects.size() == 1);
}

TEST_CASE("an element that has another id is found by the plan")
{
    Story story(scope("start > A > end"));
    story.start();
    const auto renamed = scope("start > Approve > end");

    CHECK(
        problems(story, renamed) ==
        "«A» is active, but the new version has no such element; map it to another.\n"
    );
    CHECK(problems(story, renamed, {{"A", "Approve"}}).empty());
    CHECK(
        problems(story, renamed, {{"A", "Aprove"}, {"X", "Approve"}}) ==
        "The new version has no element «Aprove».\nThe old version has no element «X».\n"
        "«A» is active, but the new version has no such element; map it to another.\n"
    );
}

TEST_CASE("all reasons against it are said at once, and nothing has changed")
{
    Story story(scope(
        "start > A > end; start > B > end; start > part > end",
        node("subProcess", "part", scope("startIn > C > endIn"))
    ));
    story.start();
    const auto next = scope(
        "start > A > end; start > B > end; start > C > end; start > part > end",
        service("A", "work") +
            node(
                "userTask",
                "B",
                extension("<zeebe:userTask/>") + "<multiInstanceLoopCharacteristics>" +
                    formal("loopCardinality", "=2") + "</multiInstanceLoopCharacteristics>"
            ) +
            node("subProcess", "part", scope("startIn > D > endIn"))
    );
    CHECK(
        problems(story, next) == "«A» cannot become «A»: they are elements of different kinds.\n"
                                 "«B» cannot become «B»: they do not repeat in the same way.\n"
                                 "«C» cannot become «C»: they do not lie in the same sub-process.\n"
    );
}

TEST_CASE("a token that waits at a join waits on the same flow of the new version")
{
    const auto gateways = node("parallelGateway", "fork") + node("parallelGateway", "join");
    Story story(scope("start > fork; fork > A > join; fork > B > join; join > end", gateways));
    story.start();
    story.complete("A");
    const auto next =
        version(scope("start > fork; fork > A > join; fork > B > join; join > C > end", gateways));
    const auto migrated = migrate(*story.first().definition, *next, story.first().state, {}, {});
    REQUIRE(migrated.problems.empty());
    const auto completed =
        step(*next, migrated.outcome.state, CompleteTask{story.first().tasks.at(0).id}, {});
    CHECK(next->nodes[all<CreateTask>(completed).at(0).node].id == "C");

    CHECK(
        problems(
            story,
            scope("start > fork; fork > A > A2 > end; fork > B > join; fork > X > join; join > end", gateways)
        )
            .starts_with("A token waits on «A-join» before «join»")
    );
}

TEST_CASE("a timer that cannot be planned is a reason against it")
{
    Story story(scope("start > A > end"));
    story.start();
    CHECK(problems(story, scope("start > A > end; due > endDue", boundary("due", "A", timer("=unknown"))))
              .starts_with("The timer «=unknown»"));
}

TEST_CASE("what is over cannot be moved")
{
    Story story(scope("start > A > end"));
    story.start();
    story.complete("A");
    CHECK(problems(story, scope("start > A > end")) == "The instance is not active.\n");
}
