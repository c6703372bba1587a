// Compensation: BPMN 2.0.2 section 10.7, 13.5.5.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

std::string throws(const std::string& attributes = {})
{
    return node("intermediateThrowEvent", "undo", "<compensateEventDefinition" + attributes + "/>");
}

}  // namespace

TEST_CASE("compensation undoes completed activities one after the other, the last first")
{
    Story story(scope("start > A > B > undo > C > end", undoable("A") + undoable("B") + throws()));
    story.start();
    story.complete("A");
    story.complete("B");
    CHECK(story.waiting() == "undo undoB");
    story.complete("undoB");
    CHECK(story.waiting() == "undo undoA");
    story.complete("undoA");

    CHECK(story.waiting() == "C");
}

TEST_CASE("what was not completed is not undone")
{
    Story story(scope(
        "start > fork; fork > A > undo > end; fork > B > end",
        node("parallelGateway", "fork") + undoable("A") + undoable("B") + throws()
    ));
    story.start();
    story.complete("A");

    CHECK(story.waiting() == "B undo undoA");
}

TEST_CASE("what was undone is not undone again")
{
    Story story(scope(
        "start > A > undo > again > C > end",
        undoable("A") + throws() + node("intermediateThrowEvent", "again", compensation)
    ));
    story.start();
    story.complete("A");
    story.complete("undoA");

    CHECK(story.waiting() == "C");
    CHECK(story.times("undoA") == 1);
}

TEST_CASE("one activity alone can be undone, as often as it was completed")
{
    Story story(scope(
        "start > again > A > B > more; more > again [=count < 2]; more > undo > C > end",
        node("exclusiveGateway", "again") + node("exclusiveGateway", "more' default='more-undo") +
            undoable("A") + undoable("B") + throws(" activityRef='A'")
    ));
    story.start();
    story.complete("A");
    story.complete("B", {{"count", 1}});
    story.complete("A");
    story.complete("B", {{"count", 2}});
    story.complete("undoA");
    story.complete("undoA");

    CHECK(story.waiting() == "C");
    CHECK(story.times("undoB") == 0);
}

TEST_CASE("a handler sees the activity's data as it was then")
{
    const auto mapped = node(
        "userTask",
        "A",
        extension(
            "<zeebe:userTask/><zeebe:ioMapping><zeebe:input source='=price' target='paid'/></zeebe:ioMapping>"
        )
    );
    const auto handler = node(
        "serviceTask", "undoA' isForCompensation='true", extension("<zeebe:taskDefinition type='refund'/>")
    );
    Story story(scope(
        "start > A > B > undo > end",
        mapped + boundary("undoneA", "A", compensation) + handler + compensates("undoA", "undoneA") + throws()
    ));
    story.start({{"price", 25}});
    story.complete("A");
    story.complete("B", {{"price", 99}});

    CHECK(feel::to_text(*story.first().jobs.at(0).variables.find("paid")) == "25");
}

TEST_CASE("who does not wait for completion goes on at once")
{
    Story story(scope("start > A > undo > C > end", undoable("A") + throws(" waitForCompletion='false'")));
    story.start();
    story.complete("A");

    CHECK(story.waiting() == "C undoA");
}

TEST_CASE("a completed sub-process is undone from the inside, the last first")
{
    Story story(scope(
        "start > part > undo > C > end",
        node("subProcess", "part", scope("startIn > A > B > endIn", undoable("A") + undoable("B"))) + throws()
    ));
    story.start();
    story.complete("A");
    story.complete("B");
    CHECK(story.waiting().find("undoB") != std::string::npos);
    story.complete("undoB");
    story.complete("undoA");

    CHECK(story.waiting() == "C");
}

TEST_CASE("a sub-process with a compensation event sub-process is undone by it")
{
    const auto undoing = node(
        "subProcess",
        "how' triggeredByEvent='true",
        scope("startUndo > D > endUndo", node("startEvent", "startUndo", compensation))
    );
    Story story(scope(
        "start > part > undo > C > end",
        node("subProcess", "part", scope("startIn > A > endIn", undoing)) + throws()
    ));
    story.start();
    story.complete("A");
    CHECK(story.waiting() == "D undo");

    story.complete("D");
    CHECK(story.waiting() == "C");
}

TEST_CASE("each completed instance of a multi-instance is undone")
{
    const auto twice = "<multiInstanceLoopCharacteristics isSequential='true'>" +
                       formal("loopCardinality", "=2") + "</multiInstanceLoopCharacteristics>";
    Story story(scope(
        "start > A > undo > C > end",
        node("userTask", "A", extension("<zeebe:userTask/>") + twice) + undoable("A") + throws()
    ));
    story.start();
    story.complete("A");
    story.complete("A");
    story.complete("undoA");
    story.complete("undoA");

    CHECK(story.waiting() == "C");
    CHECK(story.times("undoA") == 2);
}

TEST_CASE(
    "an error in a handler that an event sub-process catches ends the undoing, and nothing is left waiting"
)
{
    const auto failing = boundary("undoneA", "A", compensation) +
                         node(
                             "serviceTask",
                             "undoA' isForCompensation='true",
                             extension("<zeebe:taskDefinition type='refund'/>")
                         ) +
                         compensates("undoA", "undoneA");
    const auto instead = node(
        "subProcess",
        "instead' triggeredByEvent='true",
        scope("startWrong > D > endWrong", node("startEvent", "startWrong", error))
    );
    Story story(scope(
        "start > part > undo > C > end",
        node("subProcess", "part", scope("startIn > A > B > endIn", failing + undoable("B") + instead)) +
            throws()
    ));
    story.start();
    story.complete("A");
    story.complete("B");
    story.complete("undoB");
    story.throw_error("undoA", "E");
    CHECK(story.waiting() == "D undo");

    story.complete("D");
    CHECK(story.waiting() == "C");
    CHECK(story.first().state.compensations.empty());
}

TEST_CASE("an event definition that stands beside the process names its activity too")
{
    Story story(
        scope(
            "start > A > B > undo > C > end",
            undoable("A") + undoable("B") +
                node("intermediateThrowEvent", "undo", "<eventDefinitionRef>onlyA</eventDefinitionRef>")
        ),
        "<compensateEventDefinition id='onlyA' activityRef='A'/>"
    );
    story.start();
    story.complete("A");
    story.complete("B");

    CHECK(story.waiting() == "undo undoA");
}
