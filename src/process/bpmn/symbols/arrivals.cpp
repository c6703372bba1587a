#include "process/bpmn/symbols/symbols.hpp"

#include <algorithm>

namespace bpmn {

namespace {

std::vector<Arrival>::iterator find_arrival(Run& run, FlowIndex flow, Id scope)
{
    auto& arrivals = run.state().arrivals;
    return std::find_if(arrivals.begin(), arrivals.end(), [&](const Arrival& arrival) {
        return arrival.flow == flow && arrival.scope == scope;
    });
}

bool can_reach(const Node& gateway, std::size_t incoming, NodeIndex from)
{
    return (gateway.upstream[incoming][from / 64] >> (from % 64) & 1U) != 0;
}

}  // namespace

void add_arrival(Run& run, FlowIndex flow, Id scope)
{
    const auto found = find_arrival(run, flow, scope);
    if (found != run.state().arrivals.end())
        ++found->count;
    else
        run.state().arrivals.push_back({.flow = flow, .scope = scope, .count = 1});
}

bool has_arrival(Run& run, FlowIndex flow, Id scope)
{
    return find_arrival(run, flow, scope) != run.state().arrivals.end();
}

void consume_arrival(Run& run, FlowIndex flow, Id scope)
{
    const auto found = find_arrival(run, flow, scope);
    if (--found->count == 0)
        run.state().arrivals.erase(found);
    run.check_scope_later(scope);
}

bool is_blocked(Run& run, NodeIndex gateway, Id scope, const std::vector<FlowIndex>& occupied)
{
    const Node& join = run.node_at(gateway);
    const auto blocks = [&](NodeIndex from) {
        bool reaches_empty = false;
        for (std::size_t incoming = 0; incoming < join.incoming.size(); ++incoming) {
            if (!can_reach(join, incoming, from))
                continue;
            if (std::find(occupied.begin(), occupied.end(), join.incoming[incoming]) != occupied.end())
                return false;
            reaches_empty = true;
        }
        return reaches_empty;
    };
    for (const ElementInstance& element : run.state().elements)
        if (element.parent == scope && blocks(element.node))
            return true;
    for (const Arrival& arrival : run.state().arrivals) {
        const NodeIndex at = run.definition().flows[arrival.flow].target;
        if (arrival.scope == scope && at != gateway && blocks(at))
            return true;
    }
    return false;
}

// An activity begins when as many tokens have come as its start quantity says, by whichever flows.
void arrive_at_activity(Run& run, FlowIndex flow, Id scope)
{
    const NodeIndex target = run.definition().flows[flow].target;
    const Node& activity = run.node_at(target);
    if (activity.start_quantity == 1)
        return run.begin(target, scope);
    add_arrival(run, flow, scope);
    std::uint32_t waiting = 0;
    for (const Arrival& arrival : run.state().arrivals)
        if (arrival.scope == scope && run.definition().flows[arrival.flow].target == target)
            waiting += arrival.count;
    if (waiting < static_cast<std::uint32_t>(activity.start_quantity))
        return;
    for (int needed = activity.start_quantity; needed > 0; --needed)
        for (const FlowIndex incoming : activity.incoming)
            if (has_arrival(run, incoming, scope)) {
                consume_arrival(run, incoming, scope);
                break;
            }
    run.begin(target, scope);
}

}  // namespace bpmn
