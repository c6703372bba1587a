// Runs process conformance scenarios: every *.json below the folders against its model, and every model that
// an expected.csv says must be refused. One CSV line per case, then how many passed.
//   conformance-bpmn [--gaps FILE] DIR...
// ends with 0 when exactly the cases listed in FILE fail.

#include "gaps.hpp"
#include "kit/json/json.hpp"
#include "process/bpmn/scenario.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

namespace fs = std::filesystem;

struct Tally {
    int passed = 0;
    int failed = 0;
    std::set<std::string> failed_cases = {};

    void note(const fs::path& test, bool has_passed, const std::string& detail)
    {
        ++(has_passed ? passed : failed);
        if (!has_passed)
            failed_cases.insert(test.string());
        std::cout << '"' << test.string() << "\",\"" << (has_passed ? "SUCCESS" : "ERROR") << "\",\"";
        for (const char character : detail)
            std::cout << (character == '"' ? '\'' : character == '\n' ? ' ' : character);
        std::cout << "\"\n";
    }
};

std::string read_file(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void run_scenario(const fs::path& file, const fs::path& root, Tally& tally)
{
    const auto name = fs::relative(file, root);
    const auto scenario = json::parse(read_file(file));
    if (!scenario)
        return tally.note(name, false, scenario.error().detail);
    const auto model = bpmn::read_model(read_file(file.parent_path() / scenario->text_of("model")));
    if (!model)
        return tally.note(name, false, model.error().detail);
    const auto outcome = bpmn::run_scenario(std::span(&*model, 1), *scenario);
    if (!outcome)
        return tally.note(name, false, outcome.error().detail);
    tally.note(name, outcome->failed.empty(), outcome->failed.empty() ? "" : outcome->failed.front());
}

bool any(const bpmn::Finding&)
{
    return true;
}
bool of_structure(const bpmn::Finding& finding)
{
    return finding.aspect == bpmn::Aspect::structure;
}
using Counts = bool (*)(const bpmn::Finding& finding);

std::string first_error(const bpmn::Model& model, Counts counts)
{
    for (const bpmn::Finding& finding : model.findings)
        if (finding.severity == bpmn::Severity::error && counts(finding))
            return finding.rule + ": " + finding.sentence;
    return {};
}

// A model with a violated constraint: "file,expected" lines beside it.
void check_constraints(const fs::path& list, const fs::path& root, Tally& tally)
{
    std::ifstream lines(list);
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        const fs::path file = list.parent_path() / line.substr(0, line.find(','));
        const auto model = bpmn::read_model(read_file(file));
        const std::string error = model ? first_error(*model, any) : model.error().detail;
        tally.note(fs::relative(file, root), !error.empty(), error.empty() ? "is not refused" : error);
    }
}

// A model without a scenario must not be refused for its structure.
void check_model(const fs::path& file, const fs::path& root, Tally& tally)
{
    const auto model = bpmn::read_model(read_file(file));
    const std::string error = model ? first_error(*model, of_structure) : model.error().detail;
    tally.note(fs::relative(file, root), error.empty(), error);
}

}  // namespace

int main(int count, char** arguments)
{
    Tally tally;
    std::set<std::string> gaps;
    for (int index = 1; index < count; ++index) {
        if (std::string_view(arguments[index]) == "--gaps" && index + 1 < count) {
            gaps = conformance::read_gaps(arguments[++index]);
            continue;
        }
        const fs::path root = arguments[index];
        std::vector<fs::path> files;
        for (const auto& entry : fs::recursive_directory_iterator(root))
            files.push_back(entry.path());
        std::ranges::sort(files);
        const bool has_scenarios = std::ranges::any_of(files, [](const fs::path& file) {
            return file.extension() == ".json" || file.filename() == "expected.csv";
        });
        for (const fs::path& file : files) {
            if (file.filename() == "expected.csv")
                check_constraints(file, root, tally);
            else if (file.extension() == ".json")
                run_scenario(file, root, tally);
            else if (file.extension() == ".bpmn" && !has_scenarios)
                check_model(file, root, tally);
        }
    }
    const bool is_good = conformance::keeps_to(gaps, tally.failed_cases) && tally.passed > 0;
    std::cout << tally.passed << " passed, " << tally.failed << " failed\n";
    return is_good ? 0 : 1;
}
