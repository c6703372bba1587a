// What `bpmn check` says, and of which kind.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

const Finding* find(const Model& model, std::string_view rule)
{
    const auto found = std::ranges::find(model.findings, rule, &Finding::rule);
    return found == model.findings.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("a finding says the element, the line, one sentence and the name of its rule")
{
    const auto model = read_model(file(scope("start > A > end") + "\n\n<userTask id='A'/>"));
    REQUIRE(model);
    const Finding* finding = find(*model, "id-used-twice");
    REQUIRE(finding);
    CHECK(finding->severity == Severity::error);
    CHECK(finding->aspect == Aspect::structure);
    CHECK(finding->element == "A");
    CHECK(finding->line > 10);
    CHECK(finding->sentence.ends_with("every element needs its own."));
}

TEST_CASE("what BPMN allows and this engine cannot run is of another kind")
{
    const auto model = read_model(file(scope("start > A > end", node("serviceTask", "A"))));
    REQUIRE(model);
    const Finding* finding = find(*model, "job-type");
    REQUIRE(finding);
    CHECK(finding->severity == Severity::error);
    CHECK(finding->aspect == Aspect::execution);
}

TEST_CASE("expressions are read and checked before anything runs")
{
    CHECK(
        findings(scope("start > A > end", script("A", "=1 +", "x"))).find("expression-syntax") !=
        std::string::npos
    );
    CHECK(
        findings(scope("start > A > end", script("A", "=1 + \"a\"", "x"))).find("expression-type") !=
        std::string::npos
    );
    CHECK(
        findings(scope("start > A > end", script("A", "=sume([1, 2])", "x"))).find("is it \"sum\"?") !=
        std::string::npos
    );
    CHECK(findings(scope("start > A > end", script("A", "=amount + 1", "x"))).empty());
}

TEST_CASE("data with spaces in their names are known to the expressions")
{
    CHECK(findings(scope(
                       "start > A > end",
                       "<dataObject id='d' name='Number of dogs'/>" + script("A", "=Number of dogs * 2", "x")
                   ))
              .empty());
}

TEST_CASE("in a process that nobody executes the same mistakes are warnings")
{
    const auto model = read_model(file(
        scope("start > A > end"),
        "<process id='drawn'>" + scope("startDrawn > B", node("task", "B")) + "</process>"
    ));
    REQUIRE(model);
    CHECK(model->is_executable());
    REQUIRE(find(*model, "end-event-missing"));
    CHECK(find(*model, "end-event-missing")->severity == Severity::warning);
}
