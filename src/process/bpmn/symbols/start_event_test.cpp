// Start events: BPMN 2.0.2 section 10.5.2, 13.5.1.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

TEST_CASE("a start event without a trigger sends out one token when the process is started")
{
    Story story(scope("start > A > end"));
    story.start({{"amount", 20}});

    CHECK(story.completed() == "start");
    CHECK(story.waiting() == "A");
    CHECK(story.value("amount") == "20");
}

TEST_CASE("each way to start a process begins at its own start event")
{
    const auto process = scope(
        "start > A > end; startPaid > B > end; startClosed > C > end",
        node("startEvent", "startPaid", message) + node("startEvent", "startClosed", signal)
    );
    Story plain(process);
    plain.start();
    CHECK(plain.waiting() == "A");

    Story paid(process);
    paid.send("any", {{"paid", true}});
    CHECK(paid.completed() == "startPaid");
    CHECK(paid.waiting() == "B");
    CHECK(paid.value("paid") == "true");

    Story closed(process);
    closed.broadcast({{"why", "holiday"}});
    CHECK(closed.waiting() == "C");
    CHECK(closed.value("why") == "holiday");
}

TEST_CASE("a signal starts the process each time it is sent")
{
    Story story(scope("start > A > end", node("startEvent", "start", signal)));
    story.broadcast();
    story.broadcast();

    CHECK(story.waiting() == "A A");
    CHECK(story.world().instances().size() == 2);
}

TEST_CASE("a timer starts the process at its moments")
{
    Story story(scope("start > A > end", node("startEvent", "start", cycle("R2/PT1H"))));
    CHECK(story.world().instances().empty());

    story.advance("PT1H");
    CHECK(story.world().instances().size() == 1);
    story.advance("P1D");
    CHECK(story.world().instances().size() == 2);
}

TEST_CASE("any one of several triggers starts the process, and only those that are there")
{
    const auto process = scope("start > A > end", node("startEvent", "start", message + signal));
    Story paid(process);
    paid.send("1");
    CHECK(paid.waiting() == "A");

    Story closed(process);
    closed.broadcast();
    CHECK(closed.waiting() == "A");
}

TEST_CASE(
    "a start event whose triggers must all come begins the process with the first and goes on with the last"
)
{
    Story story(scope(
        "start > A > end", node("startEvent", "start' parallelMultiple='true", message + signed_message)
    ));
    story.send("1", {{"order", 1}, {"paid", true}});
    CHECK(story.world().instances().size() == 1);
    CHECK(story.waiting() == "start");

    story.send("1", {{"signed", true}}, "signed");
    CHECK(story.world().instances().size() == 1);
    CHECK(story.waiting() == "A");
    CHECK(story.value("paid") == "true");
    CHECK(story.value("signed") == "true");
}
