// Loops and multi-instances: BPMN 2.0.2 section 10.3.8, 13.3.6, 13.3.7.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

std::string looped(
    const std::string& loop,
    const std::string& extensions = {},
    const std::string& others = {},
    const std::string& flows = {}
)
{
    return scope(
        "start > A > Z > end" + flows,
        node("userTask", "A", extension("<zeebe:userTask/>" + extensions) + loop) + others
    );
}
std::string standard(const std::string& attributes, const std::string& condition)
{
    return "<standardLoopCharacteristics " + attributes + ">" +
           (condition.empty() ? "" : formal("loopCondition", condition)) + "</standardLoopCharacteristics>";
}
std::string over(const std::string& collection, const std::string& rest = {})
{
    return extension(
        "<zeebe:loopCharacteristics inputCollection='" + collection + "' inputElement='item' " + rest + "/>"
    );
}

}  // namespace

TEST_CASE("a loop that tests afterwards does its activity once at least, and again while its condition holds")
{
    Story story(looped(standard("testBefore='false'", "=more = true")));
    story.start({{"more", false}});
    story.complete("A", {{"more", true}});
    CHECK(story.waiting() == "A");
    story.complete("A", {{"more", false}});

    CHECK(story.waiting() == "Z");
    CHECK(story.times("A") == 2);
}

TEST_CASE("a loop that tests before may do it not at all")
{
    Story story(looped(standard("testBefore='true'", "=more = true")));
    story.start({{"more", false}});

    CHECK(story.waiting() == "Z");
    CHECK(story.times("A") == 0);
}

TEST_CASE("a maximum ends a loop whose condition still holds")
{
    Story story(looped(standard("loopMaximum='2'", "=true")));
    story.start();
    story.complete("A");
    story.complete("A");

    CHECK(story.waiting() == "Z");
}

TEST_CASE("a loop's condition may ask how often it was done")
{
    Story story(looped(standard("", "=loopCounter < 3")));
    story.start();
    story.complete("A");
    story.complete("A");
    story.complete("A");

    CHECK(story.waiting() == "Z");
}

TEST_CASE("a parallel multi-instance begins all its instances at once and goes on when all are completed")
{
    Story story(looped(multiple("", formal("loopCardinality", "=3"))));
    story.start();
    CHECK(story.waiting() == "A A A");
    story.complete_inner("A", 3);
    story.complete_inner("A", 1);
    CHECK(story.waiting() == "A");
    story.complete_inner("A", 2);

    CHECK(story.waiting() == "Z");
}

TEST_CASE("a sequential one begins the next when the last is completed")
{
    Story story(looped(multiple("isSequential='true'", formal("loopCardinality", "=2"))));
    story.start();
    CHECK(story.waiting() == "A");
    story.complete_inner("A", 1);
    story.complete_inner("A", 2);

    CHECK(story.waiting() == "Z");
}

TEST_CASE("over a collection each instance has its item, and the results keep the collection's order")
{
    Story story(
        looped(multiple("", over("=people", "outputCollection='answers' outputElement='=item + answer'")))
    );
    story.start({{"people", feel::Value(feel::List{"Anna ", "Beat "})}});
    story.complete_inner("A", 2, {{"answer", "no"}});
    story.complete_inner("A", 1, {{"answer", "yes"}});

    CHECK(story.value("answers") == R"(["Anna yes", "Beat no"])");
}

TEST_CASE("the standard's own way to name the collection and its items does the same")
{
    Story story(
        scope(
            "start > A > Z > end",
            "<dataObject id='people' isCollection='true' itemSubjectRef='list'/><dataObject id='answers' isCollection='true' itemSubjectRef='list'/>" +
                node(
                    "userTask",
                    "A",
                    extension("<zeebe:userTask/>") +
                        "<ioSpecification><dataInput id='inPeople' name='people' isCollection='true' itemSubjectRef='list'/><dataOutput id='outAnswers' name='answers' isCollection='true' itemSubjectRef='list'/>"
                        "<inputSet><dataInputRefs>inPeople</dataInputRefs></inputSet><outputSet><dataOutputRefs>outAnswers</dataOutputRefs></outputSet></ioSpecification>"
                        "<dataInputAssociation id='i'><sourceRef>people</sourceRef><targetRef>inPeople</targetRef></dataInputAssociation>"
                        "<dataOutputAssociation id='o'><sourceRef>outAnswers</sourceRef><targetRef>answers</targetRef></dataOutputAssociation>" +
                        multiple(
                            "",
                            "<loopDataInputRef>inPeople</loopDataInputRef><loopDataOutputRef>outAnswers</loopDataOutputRef>"
                            "<inputDataItem id='item' name='person'/><outputDataItem id='result' name='answer'/>"
                        )
                )
        ),
        "<itemDefinition id='list' isCollection='true' structureRef='string'/>"
    );
    story.start({{"people", feel::Value(feel::List{"Anna", "Beat"})}});
    CHECK(story.waiting() == "A A");
    story.complete_inner("A", 2, {{"answer", "no"}});
    story.complete_inner("A", 1, {{"answer", "yes"}});

    CHECK(story.value("answers") == R"(["yes", "no"])");
}

TEST_CASE("over an empty collection it is completed at once, with an empty result")
{
    for (const auto* attributes : {"", "isSequential='true'"}) {
        Story story(looped(multiple(attributes, over("=[]", "outputCollection='answers' outputElement='=1'")))
        );
        story.start();
        CHECK(story.waiting() == "Z");
        CHECK(story.times("A") == 0);
        CHECK(story.value("answers") == "[]");
    }
}

TEST_CASE("a completion condition ends it before all are done, and says what was terminated")
{
    Story story(looped(multiple(
        "",
        formal("loopCardinality", "=3") + formal("completionCondition", "=numberOfCompletedInstances >= 1")
    )));
    story.start();
    story.complete_inner("A", 2);

    CHECK(story.waiting() == "Z");
    CHECK(story.terminated() == "A A");
}

TEST_CASE("a number that makes no sense is an incident, and can be mended")
{
    Story story(looped(multiple("", formal("loopCardinality", "=many"))));
    story.start({{"many", -1}});
    CHECK(story.incident().find("must be a whole number from 0 to 100,000") != std::string::npos);

    story.resolve("A", {{"many", 1}});
    CHECK(story.waiting() == "A");
}

TEST_CASE("behaviour none tells the boundary of each completed instance, one only of the first")
{
    const auto behaves = [](const std::string& attributes) {
        Story story(
            looped(
                multiple(attributes, formal("loopCardinality", "=3")),
                "",
                beside("told", "A", signal),
                "; told > endTold"
            ),
            "<signalEventDefinition id='each' signalRef='closed'/>"
        );
        story.start();
        for (int counter = 1; counter <= 3; ++counter)
            story.complete_inner("A", counter);
        CHECK(story.waiting() == "Z");
        return story.times("told");
    };
    CHECK(behaves("behavior='None' noneBehaviorEventRef='each'") == 3);
    CHECK(behaves("behavior='One' oneBehaviorEventRef='each'") == 1);
    CHECK(behaves("behavior='All'") == 0);
}

TEST_CASE("a complex behaviour tells the boundary when its condition holds")
{
    const auto complex =
        "<complexBehaviorDefinition id='c'>" + formal("condition", "=numberOfCompletedInstances = 2") +
        "<event id='e' xsi:type='tImplicitThrowEvent'>" + signal + "</event></complexBehaviorDefinition>";
    Story story(looped(
        multiple("behavior='Complex'", formal("loopCardinality", "=3") + complex),
        "",
        beside("told", "A", signal),
        "; told > endTold"
    ));
    story.start();
    story.complete_inner("A", 1);
    CHECK(story.times("told") == 0);
    story.complete_inner("A", 2);
    CHECK(story.times("told") == 1);
    story.complete_inner("A", 3);
    CHECK(story.waiting() == "Z");
}

TEST_CASE("whole sub-processes loop too, each with its own counter")
{
    Story story(scope(
        "start > part > Z > end",
        node(
            "subProcess",
            "part",
            multiple("", formal("loopCardinality", "=2")) + scope("startIn > B > C > endIn")
        )
    ));
    story.start();
    CHECK(story.waiting() == "B B");
    story.complete("B");
    CHECK(story.waiting() == "B C");
}
