// Script tasks: BPMN 2.0.2 section 10.3.3.5, 13.3.3.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

TEST_CASE("a script task evaluates its expression into its result variable")
{
    Story story(scope("start > A > end", script("A", "=amount * 1.5", "total")));
    story.start({{"amount", 100}});

    CHECK(story.outlook() == "completed");
    CHECK(story.value("total") == "150.0");
}

TEST_CASE("a script without a result variable changes nothing")
{
    Story story(scope("start > A > end", script("A", "=1 + 1")));
    story.start();

    CHECK(story.outlook() == "completed");
    CHECK(story.first().state.variables.empty());
}

TEST_CASE("a script task with a job type is a worker's work")
{
    Story story(
        scope("start > A > end", node("scriptTask", "A", extension("<zeebe:taskDefinition type='python'/>")))
    );
    story.start();
    CHECK(story.first().jobs.at(0).type == "python");
}
