// What `bpmn check` says, and of which kind.
#include "process/bpmn/story_fixture.hpp"
#include "testing/files.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

using namespace bpmn;
using namespace bpmn::story;

namespace {

const Finding* find(const Model& model, std::string_view rule)
{
    const auto found = std::ranges::find(model.findings, rule, &Finding::rule);
    return found == model.findings.end() ? nullptr : &*found;
}

std::string text_of(const std::filesystem::path& path)
{
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
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

TEST_CASE("every rule has its name in the documentation")
{
    const auto documented = text_of(testing::source_path("docs/bpmn.md"));
    const std::regex said(
        R"re((?:model|findings_)\.(?:refuse|warn|error|warning)\(\s*[^,"]+,\s*"([a-z]+(?:-[a-z]+)*)")re"
    );
    int rules = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(testing::source_path("src/process/bpmn"))) {
        if (entry.path().extension() != ".cpp" || entry.path().string().ends_with("_test.cpp"))
            continue;
        const auto source = text_of(entry.path());
        for (std::sregex_iterator found(source.begin(), source.end(), said), end; found != end;
             ++found, ++rules)
            CHECK_MESSAGE(
                documented.find("`" + (*found)[1].str() + "`") != std::string::npos, (*found)[1].str()
            );
    }
    CHECK(rules > 80);
}
