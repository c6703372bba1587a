#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

void arrive_at_inclusive_gateway(Run& run, FlowIndex flow, Id scope)
{
    const NodeIndex gateway = run.definition().flows[flow].target;
    const Node& node = run.node_at(gateway);
    if (node.incoming.size() == 1 && node.symbol == Symbol::inclusive_gateway)
        return run.begin(gateway, scope);
    add_arrival(run, flow, scope);
}

// Fires with one token of each flow that has some, unless a token elsewhere can still come to an empty flow
// and to none that is occupied (BPMN 2.0.2 section 13.4.3).
bool try_inclusive_join(Run& run, NodeIndex gateway, Id scope)
{
    std::vector<FlowIndex> occupied;
    for (const FlowIndex flow : run.node_at(gateway).incoming)
        if (has_arrival(run, flow, scope))
            occupied.push_back(flow);
    if (occupied.empty() || is_blocked(run, gateway, scope, occupied))
        return false;
    for (const FlowIndex flow : occupied)
        consume_arrival(run, flow, scope);
    run.begin(gateway, scope);
    return true;
}

// Sends a token out on every flow whose condition holds, else on the default.
void work_inclusive_gateway(Run& run, Id element)
{
    run.complete(element);
}

}  // namespace bpmn
