// Business rule tasks: BPMN 2.0.2 section 10.3.3.4, 13.3.3.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

const auto decides = scope(
    "start > A > B > end",
    node("businessRuleTask", "A", extension("<zeebe:calledDecision decisionId='fee' resultVariable='fee'/>"))
);

base::Result<feel::Value> fee_of(std::string_view decision, const Variables& inputs)
{
    if (decision != "fee" || !inputs.find("age"))
        return base::fail(base::ErrorKind::not_found, "test", "there is no such decision");
    return feel::Value(*inputs.find("age")->if_number()->integer() < 18 ? 0 : 25);
}

}  // namespace

TEST_CASE("a business rule task decides with the variables it sees, and keeps the result")
{
    Story story(decides, {}, fee_of);
    story.start({{"age", 40}});

    CHECK(story.waiting() == "B");
    CHECK(story.value("fee") == "25");
}

TEST_CASE("a decision that fails is an incident at the task")
{
    Story story(decides, {}, fee_of);
    story.start();
    CHECK(story.incident() == "A: The decision «fee» has failed: there is no such decision");

    story.resolve("A", {{"age", 10}});
    CHECK(story.value("fee") == "0");
}

TEST_CASE("which decision is made may be an expression")
{
    Story story(
        scope(
            "start > A > end",
            node(
                "businessRuleTask",
                "A",
                extension("<zeebe:calledDecision decisionId='=which' resultVariable='fee'/>")
            )
        ),
        {},
        fee_of
    );
    story.start({{"which", "fee"}, {"age", 40}});
    CHECK(story.value("fee") == "25");
}

TEST_CASE("a business rule task with a job type is a worker's work")
{
    Story story(scope(
        "start > A > end", node("businessRuleTask", "A", extension("<zeebe:taskDefinition type='rules'/>"))
    ));
    story.start();
    CHECK(story.first().jobs.at(0).type == "rules");
}
