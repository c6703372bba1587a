// Send tasks: BPMN 2.0.2 section 10.3.3.2, 13.3.3.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

TEST_CASE("a send task sends its message and is completed")
{
    Story story(scope(
        "start > tell > A > end; start > get > endGet",
        node("sendTask", "tell' messageRef='paid") + node("receiveTask", "get' messageRef='paid")
    ));
    story.start({{"order", 1}});

    CHECK(story.times("get") == 1);
    CHECK(story.waiting() == "A");
}

TEST_CASE("with a job type a worker sends it")
{
    Story story(scope(
        "start > tell > end", node("sendTask", "tell", extension("<zeebe:taskDefinition type='mail'/>"))
    ));
    story.start();
    CHECK(story.first().jobs.at(0).type == "mail");

    story.complete("tell");
    CHECK(story.outlook() == "completed");
}

TEST_CASE("a message flow leads to the catching element of the other pool, without any message being named")
{
    const std::string others =
        "<collaboration id='both'><participant id='citizen' processRef='story'/><participant id='office' processRef='desk'/>"
        "<messageFlow id='request' sourceRef='ask' targetRef='startDesk'/>"
        "<messageFlow id='answer' sourceRef='reply' targetRef='hear'/></collaboration>"
        "<process id='desk' isExecutable='true'>" +
        scope(
            "startDesk > decide > reply > endDesk",
            node("startEvent", "startDesk", "<messageEventDefinition/>") +
                node("intermediateThrowEvent", "reply", "<messageEventDefinition/>")
        ) +
        "</process>";
    Story story(
        scope(
            "start > ask > hear > end",
            node("sendTask", "ask") + node("intermediateCatchEvent", "hear", "<messageEventDefinition/>")
        ),
        others
    );
    story.start();
    CHECK(story.waiting() == "decide hear");

    story.complete("decide");
    CHECK(story.outlook() == "completed");
    CHECK(story.times("hear") == 1);
    CHECK(story.times("endDesk") == 1);
}
