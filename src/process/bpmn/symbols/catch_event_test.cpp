// Intermediate catch events: BPMN 2.0.2 section 10.5.4, 13.5.2.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

std::string catches(const std::string& event)
{
    return scope("start > wait > end", node("intermediateCatchEvent", "wait", event));
}

}  // namespace

TEST_CASE("a token that arrives at a catch event waits until the event happens")
{
    Story story(catches(message));
    story.start({{"order", "AG-1"}});
    CHECK(story.waiting() == "wait");

    story.send("AG-2");
    CHECK(story.waiting() == "wait");
    story.send("AG-1", {{"paid", true}});
    CHECK(story.outlook() == "completed");
    CHECK(story.value("paid") == "true");
}

TEST_CASE("a signal that was sent before anybody waited is lost")
{
    Story story(catches(signal));
    story.broadcast();
    story.start();
    CHECK(story.waiting() == "wait");

    story.broadcast();
    CHECK(story.outlook() == "completed");
}

TEST_CASE("a timer lets the token go when its time has come, not before")
{
    Story story(catches(timer("PT1H")));
    story.start();
    story.advance("PT59M");
    CHECK(story.waiting() == "wait");

    story.advance("PT1M");
    CHECK(story.outlook() == "completed");
}

TEST_CASE("a timer's duration may come from a variable, and a wrong one is an incident that can be mended")
{
    Story story(catches(timer("=patience")));
    story.start({{"patience", "soon"}});
    CHECK(story.incident().starts_with("wait: The timer «=patience» cannot be set"));

    story.resolve("wait", {{"patience", "PT5M"}});
    CHECK(story.incident().empty());
    story.advance("PT5M");
    CHECK(story.outlook() == "completed");
}

TEST_CASE("a condition that holds already lets the token pass at once, else when a variable makes it true")
{
    Story at_once(catches(condition("=paid = true")));
    at_once.start({{"paid", true}});
    CHECK(at_once.outlook() == "completed");

    Story later(scope(
        "start > wait > end; start > A > endA",
        node("intermediateCatchEvent", "wait", condition("=paid = true"))
    ));
    later.start({{"paid", false}});
    CHECK(later.waiting() == "A wait");
    later.complete("A", {{"paid", true}});
    CHECK(later.outlook() == "completed");
}

TEST_CASE("of several events the first is enough, and the others are no longer waited for")
{
    Story story(catches(message + timer("PT1H")));
    story.start({{"order", 1}});
    story.advance("PT1H");

    CHECK(story.outlook() == "completed");
    CHECK(story.first().messages.empty());
    CHECK(story.first().timers.empty());
}

TEST_CASE("with parallel multiple all events must have happened, in any order, each counted once")
{
    Story story(scope(
        "start > wait > end", node("intermediateCatchEvent", "wait' parallelMultiple='true", message + signal)
    ));
    story.start({{"order", 1}});
    story.broadcast();
    story.broadcast();
    CHECK(story.waiting() == "wait");

    story.send("1");
    CHECK(story.outlook() == "completed");
}

TEST_CASE("a link goes on at the catch event of its name, as if a sequence flow led there")
{
    Story story(scope(
        "start > A > jump; land > B > end",
        node("intermediateThrowEvent", "jump", link("page 2")) +
            node("intermediateCatchEvent", "land", link("page 2"))
    ));
    story.start();
    story.complete("A");

    CHECK(story.completed() == "start A jump land");
    CHECK(story.waiting() == "B");
}

TEST_CASE("a link may name its target by reference instead of by an equal name")
{
    Story story(scope(
        "start > jump; land > A > end",
        node(
            "intermediateThrowEvent",
            "jump",
            "<linkEventDefinition id='from' name='go'><target>to</target></linkEventDefinition>"
        ) +
            node(
                "intermediateCatchEvent",
                "land",
                "<linkEventDefinition id='to' name='come'><source>from</source></linkEventDefinition>"
            )
    ));
    story.start();

    CHECK(story.waiting() == "A");
}

TEST_CASE("event definitions that stand beside the process are used by reference")
{
    Story story(
        scope(
            "start > wait > end",
            node("intermediateCatchEvent", "wait", "<eventDefinitionRef>anHour</eventDefinitionRef>")
        ),
        "<timerEventDefinition id='anHour'>" + formal("timeDuration", "PT1H") + "</timerEventDefinition>"
    );
    story.start();
    story.advance("PT1H");

    CHECK(story.outlook() == "completed");
}
