#include "process/bpmn/definition.hpp"

#include <algorithm>

namespace bpmn {

NodeIndex Definition::find(std::string_view element_id) const
{
    const auto found = index.find(element_id);
    return found == index.end() ? none : found->second;
}

std::vector<NodeIndex> Definition::start_events(NodeIndex scope) const
{
    std::vector<NodeIndex> found;
    for (const NodeIndex child : nodes.at(scope).children)
        if (nodes[child].symbol == Symbol::start_event)
            found.push_back(child);
    return found;
}

std::vector<NodeIndex> Definition::instantiating() const
{
    std::vector<NodeIndex> found;
    for (const NodeIndex child : nodes.front().children) {
        const Node& node = nodes[child];
        const bool is_triggered_start =
            node.symbol == Symbol::start_event && node.trigger() != Trigger::nothing;
        if (is_triggered_start || (node.symbol == Symbol::receive_task && node.is_instantiating))
            found.push_back(child);
        if (node.symbol == Symbol::event_based_gateway && node.is_instantiating)
            for (const FlowIndex flow : node.outgoing)
                found.push_back(flows[flow].target);
    }
    return found;
}

bool Model::is_executable() const
{
    const bool has_errors = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.severity == Severity::error;
    });
    return !has_errors && !processes.empty();
}

}  // namespace bpmn
