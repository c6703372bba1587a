// Ad hoc sub-processes: BPMN 2.0.2 section 10.3.5.4, 13.3.5.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

std::string ad_hoc(const std::string& attributes, const std::string& inside)
{
    return scope("start > any > Z > end", node("adHocSubProcess", "any" + attributes, inside));
}

}  // namespace

TEST_CASE("the activities of an ad hoc sub-process are done in any order, and it ends with the last")
{
    Story story(ad_hoc("", scope("A > B; C > D")));
    story.start();
    CHECK(story.waiting() == "A C");
    story.complete("C");
    story.complete("A");
    CHECK(story.waiting() == "B D");
    story.complete("D");
    story.complete("B");

    CHECK(story.waiting() == "Z");
}

TEST_CASE("a sequential one has its activities done one after the other")
{
    Story story(ad_hoc("' ordering='Sequential", user_task("A") + user_task("B")));
    story.start();
    CHECK(story.waiting() == "A");
    story.complete("A");
    CHECK(story.waiting() == "B");
    story.complete("B");
    CHECK(story.waiting() == "Z");
}

TEST_CASE("when its completion condition holds, what is still being done is cancelled")
{
    Story story(ad_hoc("", scope("A > B; C > D") + formal("completionCondition", "=enough = true")));
    story.start({{"enough", false}});
    story.complete("A", {{"enough", true}});

    CHECK(story.waiting() == "Z");
    CHECK(story.terminated() == "C");
}

TEST_CASE("or else it waits for what is still being done, and nothing new begins")
{
    Story story(ad_hoc(
        "' cancelRemainingInstances='false",
        scope("A > B; C > D") + formal("completionCondition", "=enough = true")
    ));
    story.start({{"enough", false}});
    story.complete("A", {{"enough", true}});
    CHECK(story.waiting() == "C");

    story.complete("C");
    CHECK(story.waiting() == "Z");
}

TEST_CASE("in a sequential one what follows an activity by a flow comes before the next")
{
    Story story(ad_hoc("' ordering='Sequential", scope("A > B", user_task("A") + user_task("C"))));
    story.start();
    story.complete("A");
    CHECK(story.waiting() == "B");
    story.complete("B");
    CHECK(story.waiting() == "C");
}

TEST_CASE(
    "a completion condition that is neither true nor false is an incident, and nothing is done twice after it"
)
{
    Story story(ad_hoc("", scope("A > B; C > D") + formal("completionCondition", "=enough")));
    story.start({{"enough", "perhaps"}});
    story.complete("A");
    CHECK(story.incident().starts_with("any: The completion condition"));
    CHECK(story.waiting() == "B C any");

    story.resolve("any", {{"enough", false}});
    CHECK(story.waiting() == "B C");
    story.complete("B");
    story.complete("C");
    story.complete("D");
    CHECK(story.waiting() == "Z");
}

TEST_CASE("a collection may say which activities are to be done")
{
    Story story(ad_hoc(
        "", extension("<zeebe:adHoc activeElementsCollection='=wanted'/>") + scope("A > B; C > D; E > F")
    ));
    story.start({{"wanted", feel::Value(feel::List{"A", "E"})}});

    CHECK(story.waiting() == "A E");
}
