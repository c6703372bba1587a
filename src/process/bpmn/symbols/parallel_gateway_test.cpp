// Parallel gateways: BPMN 2.0.2 section 10.6.4, 13.4.1.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

std::string fork_and_join(const std::string& flows, const std::string& elements = {})
{
    return scope(flows, elements + node("parallelGateway", "fork") + node("parallelGateway", "join"));
}

}  // namespace

TEST_CASE("a parallel gateway sends a token out on each of its flows, whatever their conditions")
{
    Story story(fork_and_join("start > fork; fork > A > join; fork > B > join; join > end"));
    story.start();
    CHECK(story.waiting() == "A B");
}

TEST_CASE("a joining one waits for a token of every flow and sends out one")
{
    Story story(fork_and_join("start > fork; fork > A > join; fork > B > join; join > C > end"));
    story.start();
    story.complete("A");
    CHECK(story.waiting() == "B join");

    story.complete("B");
    CHECK(story.waiting() == "C");
    CHECK(story.times("join") == 1);
}

TEST_CASE("tokens that came twice by one flow stay there for the next time")
{
    // Two tokens come by the merge, one by C: the join fires once and the second token waits.
    Story story(fork_and_join(
        "start > fork; fork > A > merge; fork > B > merge; merge > join; fork > C > join; join > D > end",
        node("exclusiveGateway", "merge")
    ));
    story.start();
    story.complete("A");
    story.complete("B");
    CHECK(story.waiting() == "C join");

    story.complete("C");
    CHECK(story.times("join") == 1);
    CHECK(story.waiting() == "D join");
    CHECK(story.outlook() == "active");
}

TEST_CASE("a gateway may join and fork at once")
{
    Story story(fork_and_join("start > fork; fork > A > join; fork > B > join; join > C > end; join > D > end"
    ));
    story.start();
    story.complete("A");
    story.complete("B");

    CHECK(story.waiting() == "C D");
}
