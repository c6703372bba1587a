// Complex gateways: BPMN 2.0.2 section 10.6.5, 13.4.5.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

const auto two_of_three = scope(
    "start > fork; fork > A > join; fork > B > join; fork > C > join; join > D > end",
    node("parallelGateway", "fork") +
        node("complexGateway", "join", formal("activationCondition", "=activationCount >= 2"))
);

}  // namespace

TEST_CASE("a complex gateway fires as soon as its activation condition holds")
{
    Story story(two_of_three);
    story.start();
    story.complete("A");
    CHECK(story.waiting() == "B C join");

    story.complete("C");
    CHECK(story.waiting() == "B D");
}

TEST_CASE("after that it takes away the tokens that were still on their way, and then can fire again")
{
    Story story(two_of_three);
    story.start();
    story.complete("A");
    story.complete("B");
    story.complete("C");
    CHECK(story.waiting() == "D");
    CHECK(story.times("join") == 1);

    story.complete("D");
    CHECK(story.outlook() == "completed");
    CHECK(story.first().state.resets.empty());
}

TEST_CASE("its condition may ask how many tokens wait on a flow, by the flow's id")
{
    Story story(scope(
        "start > fork; fork > A > join; fork > B > join; join > C > end",
        node("parallelGateway", "fork") +
            node("complexGateway", "join", formal("activationCondition", "=`B-join` > 0"))
    ));
    story.start();
    story.complete("A");
    CHECK(story.waiting() == "B join");
    story.complete("B");
    CHECK(story.waiting() == "C");
}

TEST_CASE("a splitting one takes every flow whose condition holds, else the default")
{
    const auto split = scope(
        "start > split; split > A [=x > 1]; split > B [=x > 2]; split > C; A > end; B > end; C > end",
        node("complexGateway", "split' default='split-C")
    );
    Story both(split);
    both.start({{"x", 3}});
    CHECK(both.waiting() == "A B");

    Story neither(split);
    neither.start({{"x", 0}});
    CHECK(neither.waiting() == "C");
}
