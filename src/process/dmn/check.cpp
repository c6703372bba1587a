#include "process/dmn/definitions.hpp"
#include "process/dmn/model.hpp"

namespace dmn {

namespace {

void check_rules(const Table& table, const Element& element, std::vector<Finding>& findings)
{
    const std::string& id = element.id.empty() ? element.name : element.id;
    for (std::size_t index = 0; index < table.rules.size(); ++index) {
        const Rule& rule = table.rules[index];
        for (std::size_t earlier = 0; earlier < index; ++earlier) {
            bool is_same = !table.inputs.empty();
            for (std::size_t input = 0; input < table.inputs.size(); ++input)
                is_same =
                    is_same && rule.conditions[input].text() == table.rules[earlier].conditions[input].text();
            if (is_same && table.policy == HitPolicy::unique)
                findings.push_back(
                    {Finding::Severity::error,
                     id,
                     rule.line,
                     static_cast<int>(index) + 1,
                     "has the same conditions as rule " + std::to_string(earlier + 1) +
                         ", but only one may match"}
                );
            if (is_same && table.policy == HitPolicy::first)
                findings.push_back(
                    {Finding::Severity::warning,
                     id,
                     rule.line,
                     static_cast<int>(index) + 1,
                     "never matches: rule " + std::to_string(earlier + 1) + " has the same conditions"}
                );
        }
        for (const auto& result : rule.results)
            if (result.text().empty())
                findings.push_back(
                    {Finding::Severity::warning,
                     id,
                     rule.line,
                     static_cast<int>(index) + 1,
                     "has no output in one of its columns"}
                );
    }
}

}  // namespace

std::vector<Finding> check(const Model& model)
{
    std::vector<Finding> findings = model.findings();
    for (const auto& element : model.definitions().elements)
        if (element->logic && element->logic->kind == Logic::Kind::table)
            check_rules(*element->logic->table, *element, findings);
    return findings;
}

}  // namespace dmn
