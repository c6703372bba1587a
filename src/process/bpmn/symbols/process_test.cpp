// Processes: BPMN 2.0.2 section 10.2, 13.2.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

TEST_CASE("a process is completed when no token is left in it")
{
    Story story(scope("start > A > end"));
    story.start();
    CHECK(story.outlook() == "active");
    story.complete("A");
    CHECK(story.outlook() == "completed");
    CHECK(story.first().state.elements.empty());
}

TEST_CASE("a process that is cancelled ends everything in it, from the inside out")
{
    Story story(scope(
        "start > part > end", node("subProcess", "part", scope("startIn > A > endIn; startIn > B > endIn"))
    ));
    story.start();
    story.cancel();

    CHECK(story.outlook() == "terminated");
    CHECK(story.terminated() == "B A part");
    CHECK(story.first().tasks.empty());
}

TEST_CASE("what has ended takes no stimulus any more")
{
    Story story(scope("start > A > end"));
    story.start();
    story.complete("A");

    CHECK(story.refusal("cancel", "") == "the instance is not active");
}

TEST_CASE("data objects, their references and properties are variables of the scope they stand in")
{
    Story story(scope(
        "start > A > B > end",
        "<property id='fee' name='fee'/><dataObject id='form' name='form'/><dataObjectReference id='formHere' dataObjectRef='form'/>" +
            script("A", "=25", "result")
                .replace(
                    script("A", "=25", "result").find("</scriptTask>"),
                    0,
                    "<ioSpecification><dataOutput id='out' name='result'/><inputSet/><outputSet><dataOutputRefs>out</dataOutputRefs></outputSet></ioSpecification>"
                    "<dataOutputAssociation id='o'><sourceRef>out</sourceRef><targetRef>formHere</targetRef></dataOutputAssociation>"
                )
    ));
    story.start();

    CHECK(story.value("form") == "25");
}

TEST_CASE("execution listeners are jobs, before an element begins its work and after it")
{
    const auto listeners =
        "<zeebe:executionListeners><zeebe:executionListener eventType='start' type='before'/>"
        "<zeebe:executionListener eventType='end' type='after' retries='1'/></zeebe:executionListeners>";
    Story story(scope(
        "start > A > end", node("userTask", "A", extension(std::string("<zeebe:userTask/>") + listeners))
    ));
    story.start();
    CHECK(story.first().jobs.at(0).type == "before");
    CHECK(story.first().tasks.empty());
    story.complete("A");
    CHECK(story.first().tasks.size() == 1);
    story.complete("A");
    CHECK(story.first().jobs.at(0).type == "after");
    CHECK(story.first().jobs.at(0).retries == 1);
    story.complete("A", {{"heard", true}});

    CHECK(story.outlook() == "completed");
    CHECK(story.value("heard") == "true");
}

TEST_CASE("a model that sends a token round for ever stops with an incident instead of the program")
{
    Story story(scope(
        "start > round > A > round",
        node("exclusiveGateway", "round") + node("task", "A") + node("endEvent", "end") + node("task", "B") +
            "<sequenceFlow id='x' sourceRef='start' targetRef='B'/><sequenceFlow id='y' sourceRef='B' targetRef='end'/>"
    ));
    story.start();

    CHECK(story.incident().find("may be an endless loop") != std::string::npos);
}

TEST_CASE("a process says how long its instances are kept when they are over")
{
    const auto kept = [](const std::string& value) {
        const auto model = read_model(file(
            extension(
                "<zeebe:properties><zeebe:property name='historyTimeToLive' value='" + value +
                "'/></zeebe:properties>"
            ) +
            scope("start > end")
        ));
        return std::pair(model->processes.at(0)->time_to_live, model->is_executable());
    };
    using std::chrono::days;

    CHECK(kept("P90D") == std::pair(std::optional<std::chrono::milliseconds>(days(90)), true));
    CHECK(kept("P1Y2M") == std::pair(std::optional<std::chrono::milliseconds>(days(366 + 62)), true));
    CHECK_FALSE(kept("ninety days").second);
    CHECK_FALSE(kept("-P1D").second);
}
