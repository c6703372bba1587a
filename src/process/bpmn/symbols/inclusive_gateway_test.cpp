// Inclusive gateways: BPMN 2.0.2 section 10.6.3, 13.4.3.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

const auto gateways = node("inclusiveGateway", "split' default='split-C") + node("inclusiveGateway", "join");
const auto choice = scope(
    "start > split; split > A [=a]; split > B [=b]; split > C; A > join; B > join; C > join; join > D > end",
    gateways
);

}  // namespace

TEST_CASE("an inclusive gateway sends a token out on every flow whose condition holds")
{
    Story story(choice);
    story.start({{"a", true}, {"b", true}});
    CHECK(story.waiting() == "A B");
}

TEST_CASE("it takes the default flow only when no condition holds")
{
    Story story(choice);
    story.start({{"a", false}, {"b", false}});
    CHECK(story.waiting() == "C");
}

TEST_CASE("a joining one waits for all tokens that can still come, and for no others")
{
    Story two(choice);
    two.start({{"a", true}, {"b", true}});
    two.complete("A");
    CHECK(two.waiting() == "B join");
    two.complete("B");
    CHECK(two.waiting() == "D");
    CHECK(two.times("join") == 1);

    Story one(choice);
    one.start({{"a", true}, {"b", false}});
    one.complete("A");
    CHECK(one.waiting() == "D");
}

TEST_CASE("it does not wait for a token that has gone another way since")
{
    Story story(scope(
        "start > split; split > A [=true]; split > B [=true]; split > C; A > join; C > join; B > turn; "
        "turn > join [=back]; turn > aside; aside > endAside; join > D > end",
        gateways + node("exclusiveGateway", "turn' default='turn-aside")
    ));
    story.start({{"back", false}});
    story.complete("A");
    CHECK(story.waiting() == "B join");

    story.complete("B");
    CHECK(story.waiting() == "D aside");
}

TEST_CASE("in a loop it waits neither for itself nor for what only it could send")
{
    Story story(scope(
        "start > join; join > A > again; again > join [=more]; again > end",
        node("inclusiveGateway", "join") + node("exclusiveGateway", "again' default='again-end")
    ));
    story.start();
    CHECK(story.waiting() == "A");
    story.complete("A", {{"more", true}});
    CHECK(story.waiting() == "A");
    story.complete("A", {{"more", false}});
    CHECK(story.outlook() == "completed");
}

TEST_CASE("a token before the throwing end of a link is waited for like one on a flow")
{
    Story story(scope(
        "start > split; split > A [=true]; split > B [=true]; split > C; A > join; C > join; B > jump; land > join; join > D > end",
        gateways + node("intermediateThrowEvent", "jump", link("on")) +
            node("intermediateCatchEvent", "land", link("on"))
    ));
    story.start();
    story.complete("A");
    CHECK(story.waiting() == "B join");

    story.complete("B");
    CHECK(story.waiting() == "D");
    CHECK(story.times("join") == 1);
}
