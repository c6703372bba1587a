// Boundary events: BPMN 2.0.2 section 10.5.4, 13.5.3.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

TEST_CASE("a boundary event that interrupts ends its activity and sends a token its own way")
{
    Story story(scope("start > A > end; due > B > endB", boundary("due", "A", timer("PT1H"))));
    story.start();
    story.advance("PT1H");

    CHECK(story.terminated() == "A");
    CHECK(story.waiting() == "B");
}

TEST_CASE("one that does not interrupt sends a token beside the activity, as often as it happens")
{
    Story story(scope("start > A > end; heard > B > endB", beside("heard", "A", signal)));
    story.start();
    story.broadcast();
    story.broadcast();
    CHECK(story.waiting() == "A B B");

    story.complete("A");
    story.broadcast();
    CHECK(story.times("heard") == 2);
}

TEST_CASE("an activity that is completed is no longer listened at")
{
    Story story(scope("start > A > B > end; due > C > endC", boundary("due", "A", timer("PT1H"))));
    story.start();
    story.complete("A");
    story.advance("PT2H");

    CHECK(story.waiting() == "B");
    CHECK(story.times("due") == 0);
}

TEST_CASE("an error is caught by the boundary event that names its code, before one that takes any")
{
    const auto process = scope(
        "start > A > end; exact > B > endB; any > C > endC",
        service("A", "work") + boundary("any", "A", any_error) + boundary("exact", "A", error)
    );
    Story exact(process);
    exact.start();
    exact.throw_error("A", "E", {{"why", "no such person"}});
    CHECK(exact.waiting() == "B");
    CHECK(exact.value("why") == "no such person");

    Story other(process);
    other.start();
    other.throw_error("A", "F");
    CHECK(other.waiting() == "C");
}

TEST_CASE("an error is caught by the nearest scope around it that can")
{
    const auto inner = scope("startIn > A > endIn", service("A", "work"));
    const auto outer = scope("startOut > inner > endOut", node("subProcess", "inner", inner));
    Story story(scope(
        "start > outer > end; caught > B > endB",
        node("subProcess", "outer", outer) + boundary("caught", "outer", error)
    ));
    story.start();
    story.throw_error("A", "E");

    CHECK(story.terminated() == "A inner outer");
    CHECK(story.waiting() == "B");
}

TEST_CASE("a worker's error that nobody catches is an incident, and the token stays")
{
    Story story(
        scope("start > A > end; caught > B > endB", service("A", "work") + boundary("caught", "A", error))
    );
    story.start();
    story.throw_error("A", "OTHER");

    CHECK(story.incident().starts_with("A: The error «OTHER» is not caught"));
    CHECK(story.outlook() == "active");
}

TEST_CASE("a condition at the boundary happens each time it becomes true, not while it stays so")
{
    Story story(scope(
        "start > A > end; start > B > C > D > endB; full > E > endE",
        beside("full", "A", condition("=count > 2"))
    ));
    story.start({{"count", 0}});
    story.complete("B", {{"count", 3}});
    CHECK(story.times("full") == 1);

    story.complete("C", {{"count", 4}});
    CHECK(story.times("full") == 1);
    story.complete("D", {{"count", 1}});
    story.complete("E", {{"count", 5}});
    CHECK(story.times("full") == 2);
}

TEST_CASE("all boundary events of a multi-instance belong to the whole, not to one instance")
{
    const auto three = "<multiInstanceLoopCharacteristics>" + formal("loopCardinality", "=3") +
                       "</multiInstanceLoopCharacteristics>";
    Story story(scope(
        "start > A > end; due > B > endB",
        node("userTask", "A", extension("<zeebe:userTask/>") + three) + boundary("due", "A", timer("PT1H"))
    ));
    story.start();
    story.complete_inner("A", 2);
    story.advance("PT1H");

    CHECK(story.waiting() == "B");
    CHECK(story.times("due") == 1);
}
