// Exclusive gateways: BPMN 2.0.2 section 10.6.2, 13.4.2.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

const auto choice = scope(
    "start > which; which > A [=x > 10]; which > B [=x > 5]; which > C; A > end; B > end; C > end",
    node("exclusiveGateway", "which' default='which-C")
);

std::string taken_with(const Variables& variables)
{
    Story story(choice);
    story.start(variables);
    return story.waiting();
}

}  // namespace

TEST_CASE("an exclusive gateway takes the first flow, in the order of the model, whose condition holds")
{
    CHECK(taken_with({{"x", 20}}) == "A");  // the second would hold too
    CHECK(taken_with({{"x", 7}}) == "B");
}

TEST_CASE("it takes the default flow when no condition holds")
{
    CHECK(taken_with({{"x", 1}}) == "C");
}

TEST_CASE("without a default that is an incident at the gateway, and the token is kept")
{
    Story story(scope(
        "start > which; which > A [=x > 10]; which > B [=x > 5]; A > end; B > end",
        node("exclusiveGateway", "which")
    ));
    story.start({{"x", 1}});
    CHECK(story.incident().starts_with("which: No condition of an outgoing flow"));

    story.resolve("which", {{"x", 6}});
    CHECK(story.waiting() == "B");
}

TEST_CASE("a condition that gives neither true nor false is an incident, never a silent no")
{
    Story story(choice);
    story.start({{"x", "much"}});

    CHECK(story.incident().starts_with("which: The condition of «which-A»"));
}

TEST_CASE("where flows come together every token passes by itself")
{
    Story story(scope("start > A > meet; start > B > meet; meet > C > end", node("exclusiveGateway", "meet"))
    );
    story.start();
    story.complete("A");
    CHECK(story.waiting() == "B C");
    story.complete("B");
    CHECK(story.waiting() == "C C");
}
