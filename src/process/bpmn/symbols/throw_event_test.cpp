// Intermediate throw events: BPMN 2.0.2 section 10.5.4, 13.5.2.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

std::string throws(
    const std::string& event,
    const std::string& flows = "start > say > A > end",
    const std::string& elements = {}
)
{
    return scope(flows, node("intermediateThrowEvent", "say", event) + elements);
}

}  // namespace

TEST_CASE("a throw event without a trigger only marks that the token has passed")
{
    Story story(throws(""));
    story.start();

    CHECK(story.completed() == "start say");
    CHECK(story.waiting() == "A");
}

TEST_CASE("a message that is thrown starts the process, or reaches the one, that waits for it")
{
    Story story(
        throws(message),
        "<process id='other' isExecutable='true'>" +
            scope("startOther > B > endOther", node("startEvent", "startOther", message)) + "</process>"
    );
    story.start({{"order", 1}});

    CHECK(story.waiting() == "A B");
}

TEST_CASE("a message takes along what its input mappings say")
{
    Story story(throws(
        extension("<zeebe:ioMapping><zeebe:input source='=amount * 2' target='twice'/></zeebe:ioMapping>") +
            message,
        "start > say > end; start > get > endGet",
        node("receiveTask", "get' messageRef='paid")
    ));
    story.start({{"order", 1}, {"amount", 21}});

    CHECK(story.outlook() == "completed");
    CHECK(story.value("twice") == "42");
}

TEST_CASE("a signal reaches all who listen at that moment, once each, in every instance")
{
    Story story(throws(
        signal,
        "start > A > say > end; start > one > endOne; start > two > endTwo",
        node("intermediateCatchEvent", "one", signal) + node("intermediateCatchEvent", "two", signal)
    ));
    story.start();
    story.start();
    story.complete("A");

    CHECK(story.times("one") == 2);
    CHECK(story.times("two") == 2);
    CHECK(story.waiting() == "A");
}

TEST_CASE("an escalation is told to the nearest scope that listens, and the token goes on")
{
    const auto inside = throws(escalation, "startIn > say > B > endIn");
    Story story(scope(
        "start > part > end; told > A > endTold",
        node("subProcess", "part", inside) + beside("told", "part", escalation)
    ));
    story.start();

    CHECK(story.waiting() == "A B");
}

TEST_CASE("an escalation that interrupts ends the scope that threw it")
{
    const auto inside = throws(escalation, "startIn > say > B > endIn");
    Story story(scope(
        "start > part > end; told > A > endTold",
        node("subProcess", "part", inside) + boundary("told", "part", escalation)
    ));
    story.start();

    CHECK(story.waiting() == "A");
    CHECK(story.times("say") == 0);
}

TEST_CASE("an escalation that nobody listens to is lost without harm")
{
    Story story(throws(escalation));
    story.start();

    CHECK(story.waiting() == "A");
    CHECK(story.incident().empty());
}

TEST_CASE("a name that is an expression is evaluated when it is thrown")
{
    Story story(
        throws(
            "<signalEventDefinition signalRef='named'/>",
            "start > say > end; start > wait > endWait",
            node("intermediateCatchEvent", "wait", signal)
        ),
        "<signal id='named' name='=which'/>"
    );
    story.start({{"which", "closed"}});

    CHECK(story.times("wait") == 1);
}
