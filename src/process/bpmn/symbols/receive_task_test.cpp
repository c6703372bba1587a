// Receive tasks: BPMN 2.0.2 section 10.3.3.3, 13.3.3.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

TEST_CASE("a receive task waits for its message, with the key that its variables give")
{
    Story story(scope("start > get > end", node("receiveTask", "get' messageRef='paid")));
    story.start({{"order", "AG-1"}});
    story.send("AG-9");
    CHECK(story.waiting() == "get");

    story.send("AG-1", {{"paid", true}});
    CHECK(story.outlook() == "completed");
    CHECK(story.value("paid") == "true");
}

TEST_CASE("a message that came before anybody waited for it is kept")
{
    Story story(scope("start > A > get > end", node("receiveTask", "get' messageRef='paid")));
    story.start({{"order", 1}});
    story.send("1");
    CHECK(story.waiting() == "A");

    story.complete("A");
    CHECK(story.outlook() == "completed");
}

TEST_CASE("one message is taken once, though two wait for it")
{
    Story story(scope("start > get > end", node("receiveTask", "get' messageRef='paid")));
    story.start({{"order", 1}});
    story.start({{"order", 1}});
    story.send("1");

    CHECK(story.times("get") == 1);
    CHECK(story.waiting() == "get");
}

TEST_CASE("a receive task that instantiates begins the process with its message")
{
    Story story(scope("get > A", node("receiveTask", "get' messageRef='paid' instantiate='true")));
    story.send("1", {{"paid", true}});

    CHECK(story.completed() == "get");
    CHECK(story.waiting() == "A");
    CHECK(story.value("paid") == "true");
}

TEST_CASE("a key that cannot be evaluated is an incident, never a message for everybody")
{
    Story story(scope("start > get > end", node("receiveTask", "get' messageRef='paid")));
    story.start();
    CHECK(story.incident().starts_with("get: The correlation key"));

    story.resolve("get", {{"order", 1}});
    story.send("1");
    CHECK(story.outlook() == "completed");
}
