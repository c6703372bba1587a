// Event-based gateways: BPMN 2.0.2 section 10.6.6, 13.4.4.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

const auto arms = node("intermediateCatchEvent", "got", message) +
                  node("intermediateCatchEvent", "heard", signal) +
                  node("intermediateCatchEvent", "due", timer("PT1H"));
const auto race = scope(
    "start > race; race > got > A > end; race > heard > B > end; race > due > C > end",
    node("eventBasedGateway", "race") + arms
);

}  // namespace

TEST_CASE("an event-based gateway takes the arm whose event comes first, and no other afterwards")
{
    Story story(race);
    story.start({{"order", 1}});
    CHECK(story.waiting() == "race");

    story.send("1", {{"paid", true}});
    CHECK(story.waiting() == "A");
    story.broadcast();
    story.advance("PT2H");
    CHECK(story.waiting() == "A");
    CHECK(story.value("paid") == "true");
}

TEST_CASE("a message and a timer of the same instant take exactly one arm, whichever is told first")
{
    for (const bool message_is_first : {true, false}) {
        Story story(race);
        story.start({{"order", 1}});
        auto instance = story.first();
        const Stimulus timer = FireTimer{instance.timers.front().id};
        const Stimulus paid = DeliverMessage{.subscription = instance.messages.front().id};
        const StepContext at_the_instant{.now = instance.timers.front().due};

        const auto first =
            step(*instance.definition, instance.state, message_is_first ? paid : timer, at_the_instant);
        const auto second =
            step(*instance.definition, first.state, message_is_first ? timer : paid, at_the_instant);

        CHECK(first.rejection.empty());
        CHECK(second.rejection == "nothing waits for this any more");
        CHECK(encode(second.state) == encode(first.state));
        CHECK(std::ranges::count_if(first.effects, [](const Effect& effect) {
                  return std::holds_alternative<CreateTask>(effect);
              }) == 1);
    }
}

TEST_CASE("a receive task may be an arm")
{
    Story story(scope(
        "start > race; race > get > A > end; race > due > C > end",
        node("eventBasedGateway", "race") + arms.substr(arms.find("<intermediateCatchEvent id='due'")) +
            node("receiveTask", "get' messageRef='paid")
    ));
    story.start({{"order", 1}});
    story.send("1");

    CHECK(story.completed() == "start race get");
}

TEST_CASE("one that starts the process begins it with the first event, and does not wait for the others")
{
    const auto events =
        node("intermediateCatchEvent", "got", message) + node("intermediateCatchEvent", "heard", signal);
    Story story(scope(
        "race > got > A > end; race > heard > B > end",
        node("eventBasedGateway", "race' instantiate='true") + events
    ));
    story.send("1");
    CHECK(story.world().instances().size() == 1);
    CHECK(story.waiting() == "A");

    story.broadcast();  // begins another one
    CHECK(story.world().instances().size() == 2);
    CHECK(story.waiting() == "A B");
}

TEST_CASE("a parallel one that starts the process waits for all its events in one instance")
{
    const auto events = node("intermediateCatchEvent", "got", message) +
                        node("intermediateCatchEvent", "heard", signed_message);
    Story story(scope(
        "race > got > A > end; race > heard > B > end",
        node("eventBasedGateway", "race' instantiate='true' eventGatewayType='Parallel") + events
    ));
    story.send("1", {{"order", 1}});
    CHECK(story.waiting() == "A race");

    story.send("1", {}, "signed");
    CHECK(story.waiting() == "A B");
    CHECK(story.world().instances().size() == 1);
    story.complete("A");
    story.complete("B");
    CHECK(story.outlook() == "completed");
}
