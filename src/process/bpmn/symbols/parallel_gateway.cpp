#include "process/bpmn/symbols/symbols.hpp"

#include <algorithm>

namespace bpmn {

// Takes one token from every incoming flow; what has come twice by one flow stays there.
void arrive_at_parallel_gateway(Run& run, FlowIndex flow, Id scope)
{
    const NodeIndex gateway = run.definition().flows[flow].target;
    const auto& incoming = run.node_at(gateway).incoming;
    if (incoming.size() > 1) {
        add_arrival(run, flow, scope);
        if (!std::all_of(incoming.begin(), incoming.end(), [&](FlowIndex other) {
                return has_arrival(run, other, scope);
            }))
            return;
        for (const FlowIndex other : incoming)
            consume_arrival(run, other, scope);
    }
    run.begin(gateway, scope);
}

// Sends a token out on every outgoing flow.
void work_parallel_gateway(Run& run, Id element)
{
    run.complete(element);
}

}  // namespace bpmn
