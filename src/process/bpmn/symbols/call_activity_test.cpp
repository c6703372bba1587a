// Call activities: BPMN 2.0.2 section 10.3.6, 13.3.4.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

std::string called(const std::string& process)
{
    return "<process id='called' isExecutable='true'>" + process + "</process>";
}

std::string
calls(const std::string& attributes = {}, const std::string& mappings = {}, const std::string& others = {})
{
    return scope(
        "start > call > A > end" + std::string(others.empty() ? "" : "; caught > C > endC"),
        node(
            "callActivity",
            "call",
            extension("<zeebe:calledElement processId='called' " + attributes + "/>" + mappings)
        ) + others
    );
}

}  // namespace

TEST_CASE("a call activity starts the other process with all its variables, and waits for its end")
{
    Story story(calls(), called(scope("startCalled > B > endCalled")));
    story.start({{"amount", 20}});
    CHECK(story.waiting() == "B call");
    CHECK(feel::to_text(*story.world().instances().at(1).state.variables.find("amount")) == "20");

    story.complete("B", {{"paid", true}});
    CHECK(story.waiting() == "A");
    CHECK(story.value("paid") == "true");
}

TEST_CASE("it passes only what its input mappings make when it says so")
{
    Story story(
        calls(
            "propagateAllParentVariables='false'",
            "<zeebe:ioMapping><zeebe:input source='=amount' target='price'/></zeebe:ioMapping>"
        ),
        called(scope("startCalled > B > endCalled"))
    );
    story.start({{"amount", 20}, {"secret", 1}});

    const auto& variables = story.world().instances().at(1).state.variables;
    CHECK(feel::to_text(*variables.find("price")) == "20");
    CHECK(variables.find("secret") == nullptr);
}

TEST_CASE("with output mappings only what they name comes back")
{
    Story story(
        calls("", "<zeebe:ioMapping><zeebe:output source='=paid' target='isPaid'/></zeebe:ioMapping>"),
        called(scope("startCalled > B > endCalled"))
    );
    story.start();
    story.complete("B", {{"paid", true}, {"other", 1}});

    CHECK(story.value("isPaid") == "true");
    CHECK(story.value("other") == "nothing");
}

TEST_CASE("an error that the called process does not catch reaches the boundary of the call")
{
    Story story(
        calls("", "", boundary("caught", "call", error)),
        called(scope("startCalled > B > endWrong", node("endEvent", "endWrong", error)))
    );
    story.start();
    story.complete("B");

    CHECK(story.waiting() == "C");
}

TEST_CASE("an escalation of the called process is told at the boundary of the call")
{
    Story story(
        calls("", "", beside("caught", "call", escalation)),
        called(scope("startCalled > say > B > endCalled", node("intermediateThrowEvent", "say", escalation)))
    );
    story.start();

    CHECK(story.waiting() == "B C call");
}

TEST_CASE("a call that is interrupted cancels the called process")
{
    Story story(
        calls("", "", boundary("caught", "call", timer("PT1H"))), called(scope("startCalled > B > endCalled"))
    );
    story.start();
    story.advance("PT1H");

    CHECK(story.waiting() == "C");
    CHECK(story.world().instances().at(1).state.outlook == Outlook::terminated);
}

TEST_CASE("a process that is not there is an incident at the call, which can be tried again")
{
    Story story(calls());
    story.start();
    CHECK(story.incident() == "call: There is no process «called».");

    story.resolve("call");
    CHECK(story.incident() == "call: There is no process «called».");
}

TEST_CASE("latest, deployment and version tag say which version is meant")
{
    const auto binding_of = [](const std::string& attributes) {
        const auto model = read_model(file(calls(attributes)));
        const Definition& process = *model->processes.front();
        return process.nodes[process.find("call")].called;
    };
    CHECK(binding_of("").binding == Binding::latest);
    CHECK(binding_of("bindingType='deployment'").binding == Binding::deployment);
    CHECK(binding_of("bindingType='versionTag' versionTag='2026'").version_tag == "2026");
}

TEST_CASE("a global task is called like a process")
{
    Story story(
        scope("start > call > end", node("callActivity", "call' calledElement='ask")),
        "<globalUserTask id='ask' name='ask'/>"
    );
    story.start();
    CHECK(story.waiting() == "ask call");

    story.complete("ask", {{"answer", 42}});
    CHECK(story.value("answer") == "42");
}
