#include "process/bpmn/process_reader.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <algorithm>

namespace bpmn {

void ProcessReader::wire()
{
    wire_flows();
    wire_boundary_events();
    wire_links();
    wire_compensation();
    for (NodeIndex index = 0; index < definition_.nodes.size(); ++index) {
        Node& node = definition_.nodes[index];
        if (node.symbol == Symbol::inclusive_gateway || node.symbol == Symbol::complex_gateway)
            wire_upstream(node, index);
        if (node.form == ScopeForm::event_sub_process)
            definition_.nodes[node.parent].event_sub_processes.push_back(index);
    }
}

void ProcessReader::wire_flows()
{
    for (FlowIndex index = 0; index < definition_.flows.size(); ++index) {
        Flow& flow = definition_.flows[index];
        const xml::Element& element = *flow_elements_[index];
        flow.source = definition_.find(local_reference(element.attribute_or("sourceRef")));
        flow.target = definition_.find(local_reference(element.attribute_or("targetRef")));
        if (flow.source == none || flow.target == none)
            continue;  // the structural rules say so
        definition_.nodes[flow.source].outgoing.push_back(index);
        definition_.nodes[flow.target].incoming.push_back(index);
    }
    for (NodeIndex index = 0; index < definition_.nodes.size(); ++index) {
        const auto reference = local_reference(elements_[index]->attribute_or("default"));
        for (const FlowIndex flow : definition_.nodes[index].outgoing)
            if (!reference.empty() && definition_.flows[flow].id == reference)
                definition_.nodes[index].default_flow = flow;
    }
}

void ProcessReader::wire_boundary_events()
{
    for (NodeIndex index = 0; index < definition_.nodes.size(); ++index) {
        Node& node = definition_.nodes[index];
        if (node.symbol != Symbol::boundary_event)
            continue;
        node.attached_to = definition_.find(local_reference(elements_[index]->attribute_or("attachedToRef")));
        if (node.attached_to != none)
            definition_.nodes[node.attached_to].boundary_events.push_back(index);
    }
}

// A throwing link continues at the catching link of its scope that it leads to.
void ProcessReader::wire_links()
{
    for (NodeIndex index = 0; index < definition_.nodes.size(); ++index) {
        Node& node = definition_.nodes[index];
        if (node.symbol != Symbol::intermediate_throw_event || node.trigger() != Trigger::link)
            continue;
        const xml::Element& link = *event_definitions(*elements_[index]).front();
        for (const NodeIndex candidate : definition_.nodes[node.parent].children) {
            const Node& other = definition_.nodes[candidate];
            if (other.symbol == Symbol::intermediate_catch_event && other.trigger() == Trigger::link &&
                leads(link, *event_definitions(*elements_[candidate]).front()))
                node.link_target = candidate;
        }
    }
}

void ProcessReader::wire_compensation()
{
    for (const auto* association : associations_) {
        const NodeIndex source = definition_.find(local_reference(association->attribute_or("sourceRef")));
        const NodeIndex target = definition_.find(local_reference(association->attribute_or("targetRef")));
        if (source == none || target == none)
            continue;
        const Node& event = definition_.nodes[source];
        if (event.symbol == Symbol::boundary_event && event.trigger() == Trigger::compensation &&
            event.attached_to != none)
            definition_.nodes[event.attached_to].compensation_handler = target;
    }
    for (NodeIndex index = 0; index < definition_.nodes.size(); ++index) {
        const auto definitions = event_definitions(*elements_[index]);
        for (std::size_t part = 0; part < definition_.nodes[index].events.size(); ++part)
            if (EventDefinition& event = definition_.nodes[index].events[part];
                event.trigger == Trigger::compensation && is_event(elements_[index]->name))
                event.activity =
                    definition_.find(local_reference(definitions[part]->attribute_or("activityRef")));
    }
}

// Goes backwards from each incoming flow, never through the gateway itself (BPMN 2.0.2 section 13.4.3). A
// link pair counts as a flow, and so does the way from an activity to its boundary events.
void ProcessReader::wire_upstream(Node& gateway, NodeIndex index)
{
    const auto& nodes = definition_.nodes;
    gateway.upstream.assign(gateway.incoming.size(), std::vector<std::uint64_t>((nodes.size() + 63) / 64));
    for (std::size_t position = 0; position < gateway.incoming.size(); ++position) {
        auto& seen = gateway.upstream[position];
        std::vector<NodeIndex> waiting{definition_.flows[gateway.incoming[position]].source};
        while (!waiting.empty()) {
            const NodeIndex at = waiting.back();
            waiting.pop_back();
            const std::uint64_t bit = std::uint64_t{1} << (at % 64);
            if (at == index || (seen[at / 64] & bit) != 0)
                continue;
            seen[at / 64] |= bit;
            for (const FlowIndex flow : nodes[at].incoming)
                waiting.push_back(definition_.flows[flow].source);
            if (nodes[at].attached_to != none)
                waiting.push_back(nodes[at].attached_to);
            if (nodes[at].symbol == Symbol::intermediate_catch_event && nodes[at].trigger() == Trigger::link)
                for (NodeIndex other = 0; other < nodes.size(); ++other)
                    if (nodes[other].link_target == at)
                        waiting.push_back(other);
        }
    }
}

}  // namespace bpmn
