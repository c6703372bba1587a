// Undefined and manual tasks: BPMN 2.0.2 section 10.3.3, 13.3.3; token quantities: section 13.3.2.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

TEST_CASE("undefined and manual tasks are completed as soon as they begin")
{
    Story story(scope("start > A > B > C > end", node("task", "A") + node("manualTask", "B")));
    story.start();

    CHECK(story.completed() == "start A B");
    CHECK(story.waiting() == "C");
}

TEST_CASE("an activity begins when as many tokens have come as its start quantity says")
{
    Story story(scope("start > A > C; start > B > C; C > end", user_task("C' startQuantity='2")));
    story.start();
    story.complete("A");
    CHECK(story.waiting() == "B C");  // C waits as a join does
    story.complete("B");
    CHECK(story.waiting() == "C");

    story.complete("C");
    CHECK(story.times("C") == 1);
    CHECK(story.outlook() == "completed");
}

TEST_CASE("an activity sends out as many tokens as its completion quantity says, on each flow")
{
    Story story(scope("start > A > B > end", node("task", "A' completionQuantity='3")));
    story.start();

    CHECK(story.waiting() == "B B B");
}

TEST_CASE("an activity with several flows and no conditions sends a token out on each")
{
    Story story(scope("start > A; A > B > end; A > C > end", node("task", "A")));
    story.start();

    CHECK(story.waiting() == "B C");
}

TEST_CASE("an activity's conditional flows are taken where they hold, its default when none does")
{
    const auto process =
        scope("start > A; A > B [=x = 1]; A > C; B > end; C > end", node("task", "A' default='A-C"));
    Story holds(process);
    holds.start({{"x", 1}});
    CHECK(holds.waiting() == "B");

    Story does_not(process);
    does_not.start({{"x", 2}});
    CHECK(does_not.waiting() == "C");
}

TEST_CASE("an activity without incoming flow begins with its process when there is no start event")
{
    Story story(scope("A > B"));
    story.start();
    CHECK(story.waiting() == "A");
    story.complete("A");
    story.complete("B");
    CHECK(story.outlook() == "completed");
}
