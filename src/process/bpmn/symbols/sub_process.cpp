#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

// Starts at its start event without trigger, or, when it has no start event, at everything no flow leads to.
// It is completed when no token is left in it.
void work_sub_process(Run& run, Id element)
{
    const Node& node = run.node(element);
    if (is_ad_hoc(node))
        return work_ad_hoc(run, element);
    run.find(element)->waiting = Waiting::scope;
    run.check_scope_later(element);
    const auto starts = run.definition().start_events(run.find(element)->node);
    for (const NodeIndex start : starts)
        if (run.node_at(start).trigger() == Trigger::nothing)
            return run.begin_later(start, element);
    for (const NodeIndex child : node.children)
        if (starts.empty() && begins_by_itself(run.node_at(child)))
            run.begin_later(child, element);
}

bool begins_by_itself(const Node& node)
{
    const bool is_caught =
        node.symbol == Symbol::boundary_event ||
        (node.symbol == Symbol::intermediate_catch_event && node.trigger() == Trigger::link);
    return node.incoming.empty() && !is_caught && !node.is_for_compensation &&
           node.form != ScopeForm::event_sub_process;
}

}  // namespace bpmn
