#include "process/dmn/definitions.hpp"
#include "process/dmn/model.hpp"
#include "process/dmn/table_check.hpp"

namespace dmn {

namespace {

void check_outputs(const Table& table, const std::string& element, std::vector<Finding>& findings)
{
    for (std::size_t rule = 0; rule < table.rules.size(); ++rule)
        for (const auto& result : table.rules[rule].results)
            if (result.text().empty())
                findings.push_back(
                    {Finding::Severity::warning,
                     element,
                     table.rules[rule].line,
                     static_cast<int>(rule) + 1,
                     "has no output in one of its columns"}
                );
}

// Tables may stand anywhere: in a context, as the body of a function, in a list.
void check_logic(const Logic& logic, const std::string& element, std::vector<Finding>& findings)
{
    if (logic.table) {
        check_outputs(*logic.table, element, findings);
        const auto found = TableCheck(*logic.table, element).run();
        findings.insert(findings.end(), found.begin(), found.end());
    }
    for (const auto& binding : logic.bindings)
        if (binding.logic)
            check_logic(*binding.logic, element, findings);
    for (const auto& part : logic.parts)
        if (part)
            check_logic(*part, element, findings);
}

}  // namespace

std::vector<Finding> check(const Model& model)
{
    std::vector<Finding> findings = model.findings();
    for (const auto& element : model.definitions().elements)
        if (element->logic)
            check_logic(*element->logic, element->id.empty() ? element->name : element->id, findings);
    return findings;
}

}  // namespace dmn
