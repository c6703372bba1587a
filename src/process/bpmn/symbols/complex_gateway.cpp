#include "process/bpmn/symbols/symbols.hpp"

#include <algorithm>

namespace bpmn {

namespace {

std::vector<FlowIndex> occupied_flows(Run& run, NodeIndex gateway, Id scope)
{
    std::vector<FlowIndex> occupied;
    for (const FlowIndex flow : run.node_at(gateway).incoming)
        if (has_arrival(run, flow, scope))
            occupied.push_back(flow);
    return occupied;
}

std::uint32_t count_tokens(Run& run, NodeIndex gateway, Id scope)
{
    std::uint32_t count = 0;
    for (const Arrival& arrival : run.state().arrivals)
        if (arrival.scope == scope && run.definition().flows[arrival.flow].target == gateway)
            count += arrival.count;
    return count;
}

// What the expression language is told of an incoming flow: how many tokens wait on it, by its id.
Variables known_to_condition(Run& run, NodeIndex gateway, Id scope)
{
    Variables known{{"activationCount", feel::Value(std::int64_t{count_tokens(run, gateway, scope)})}};
    for (const FlowIndex flow : run.node_at(gateway).incoming) {
        std::int64_t count = 0;
        for (const Arrival& arrival : run.state().arrivals)
            if (arrival.flow == flow && arrival.scope == scope)
                count = arrival.count;
        known.set(run.definition().flows[flow].id, feel::Value(count));
    }
    return known;
}

bool try_activation(Run& run, NodeIndex gateway, Id scope)
{
    const Node& node = run.node_at(gateway);
    const auto occupied = occupied_flows(run, gateway, scope);
    if (occupied.empty())
        return false;
    if (node.activation_condition) {
        const auto evaluation =
            run.evaluate(scope, *node.activation_condition, known_to_condition(run, gateway, scope));
        if (!evaluation.value.is_true())
            return false;
    } else if (is_blocked(run, gateway, scope, occupied)) {
        return false;  // without a condition it joins like an inclusive gateway
    }
    for (const FlowIndex flow : occupied)
        consume_arrival(run, flow, scope);
    if (occupied.size() < node.incoming.size())
        run.state().resets.push_back({.scope = scope, .gateway = gateway, .arrived = occupied});
    run.begin(gateway, scope);
    return true;
}

// After it has fired it waits for a token of each other flow, as an inclusive gateway would, and takes them
// away; only then can it fire again (BPMN 2.0.2 section 13.4.5).
bool try_reset(Run& run, Reset& reset)
{
    const NodeIndex gateway = reset.gateway;
    const Id scope = reset.scope;
    std::vector<FlowIndex> occupied = reset.arrived;
    std::vector<FlowIndex> fresh;
    for (const FlowIndex flow : occupied_flows(run, gateway, scope))
        if (std::find(occupied.begin(), occupied.end(), flow) == occupied.end())
            fresh.push_back(flow);
    occupied.insert(occupied.end(), fresh.begin(), fresh.end());
    if (is_blocked(run, gateway, scope, occupied))
        return false;
    for (const FlowIndex flow : fresh)
        consume_arrival(run, flow, scope);
    std::erase_if(run.state().resets, [&](const Reset& other) {
        return other.scope == scope && other.gateway == gateway;
    });
    run.check_scope_later(scope);
    return true;
}

}  // namespace

bool try_complex_join(Run& run, NodeIndex gateway, Id scope)
{
    for (Reset& reset : run.state().resets)
        if (reset.scope == scope && reset.gateway == gateway)
            return try_reset(run, reset);
    return try_activation(run, gateway, scope);
}

// Sends a token out on every flow whose condition holds, else on the default.
void work_complex_gateway(Run& run, Id element)
{
    run.complete(element);
}

}  // namespace bpmn
