// End events: BPMN 2.0.2 section 10.5.3, 13.5.3.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

TEST_CASE("an end event takes its token away, and the process ends with its last token")
{
    Story story(scope("start > A > end; start > B > endOfB"));
    story.start();
    story.complete("A");
    CHECK(story.outlook() == "active");
    CHECK(story.waiting() == "B");

    story.complete("B");
    CHECK(story.outlook() == "completed");
    CHECK(story.completed() == "start A end B endOfB");
}

TEST_CASE("a terminate end event ends all else in its scope at once, and nothing beyond it")
{
    const auto inside =
        scope("startIn > A > endAll; startIn > B > endIn", node("endEvent", "endAll", termination));
    Story story(scope("start > part > C > end; start > D > end", node("subProcess", "part", inside)));
    story.start();
    CHECK(story.waiting() == "A B D");

    story.complete("A");
    CHECK(story.terminated() == "B");
    CHECK(story.waiting() == "C D");  // the sub-process is over and goes on, its neighbour is untouched
}

TEST_CASE("a process that a terminate end event ends is completed")
{
    Story story(scope("start > A > endAll; start > B > end", node("endEvent", "endAll", termination)));
    story.start();
    story.complete("A");

    CHECK(story.outlook() == "completed");
    CHECK(story.terminated() == "B");
}

TEST_CASE("an error end event ends its sub-process, which its boundary event catches")
{
    const auto inside =
        scope("startIn > A > endWrong; startIn > B > endIn", node("endEvent", "endWrong", error));
    Story story(scope(
        "start > part > end; caught > C > endC",
        node("subProcess", "part", inside) + boundary("caught", "part", error)
    ));
    story.start();
    story.complete("A");

    CHECK(story.waiting() == "C");
    CHECK(story.terminated() == "endWrong B part");
}

TEST_CASE("an error that nobody catches fails the process")
{
    Story story(scope("start > A > endWrong", node("endEvent", "endWrong", error)));
    story.start();
    story.complete("A");

    CHECK(story.outlook() == "failed");
}

TEST_CASE("a message end event sends its message with the key of its variables")
{
    const auto process = scope(
        "start > A > endPaid; start > wait > end",
        node("endEvent", "endPaid", message) + node("intermediateCatchEvent", "wait", message)
    );
    Story story(process);
    story.start({{"order", "AG-1"}});
    story.complete("A");

    CHECK(story.outlook() == "completed");
    CHECK(story.times("wait") == 1);
}

TEST_CASE("a message end event with a job type is a worker's work")
{
    Story story(scope(
        "start > endPaid",
        node(
            "endEvent",
            "endPaid",
            extension("<zeebe:taskDefinition type='send'/>") + "<messageEventDefinition/>"
        )
    ));
    story.start();
    CHECK(story.waiting() == "endPaid");

    story.complete("endPaid");
    CHECK(story.outlook() == "completed");
}

TEST_CASE("a signal end event reaches everything that waits for the signal when the step is quiet")
{
    Story story(scope(
        "start > endClosed; start > wait > end",
        node("endEvent", "endClosed", signal) + node("intermediateCatchEvent", "wait", signal)
    ));
    story.start();

    CHECK(story.outlook() == "completed");
    CHECK(story.times("wait") == 1);
}

TEST_CASE("an escalation end event tells the scope around it, and its own scope still ends well")
{
    const auto inside = scope("startIn > endLate", node("endEvent", "endLate", escalation));
    Story story(scope(
        "start > part > A > end; told > B > endB",
        node("subProcess", "part", inside) + beside("told", "part", escalation)
    ));
    story.start();

    CHECK(story.waiting() == "A B");
}

TEST_CASE("a compensation end event undoes what was done before the token is taken away")
{
    Story story(scope(
        "start > A > end",
        node("endEvent", "end", compensation) + boundary("undone", "A", compensation) +
            user_task("undo' isForCompensation='true") + compensates("undo", "undone")
    ));
    story.start();
    story.complete("A");
    CHECK(story.waiting() == "end undo");

    story.complete("undo");
    CHECK(story.outlook() == "completed");
    CHECK(story.completed() == "start A undo end");
}

TEST_CASE("an end event with several results throws all of them")
{
    Story story(scope(
        "start > endAll; start > hears > end; start > gets > end",
        node("endEvent", "endAll", signal + message) + node("intermediateCatchEvent", "hears", signal) +
            node("intermediateCatchEvent", "gets", message)
    ));
    story.start({{"order", 7}});

    CHECK(story.outlook() == "completed");
    CHECK(story.times("hears") == 1);
    CHECK(story.times("gets") == 1);
}
