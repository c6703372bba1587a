// What is and was active in an instance.
#include "process/runtime/elements.hpp"

#include "process/runtime/unit.hpp"

#include <map>
#include <stdexcept>

namespace runtime {

namespace {

std::string_view name_of(bpmn::Waiting waiting)
{
    switch (waiting) {
    case bpmn::Waiting::job: return "job";
    case bpmn::Waiting::task: return "task";
    case bpmn::Waiting::timer: return "timer";
    case bpmn::Waiting::message: return "message";
    case bpmn::Waiting::signal: return "signal";
    case bpmn::Waiting::condition: return "condition";
    case bpmn::Waiting::event: return "event";
    case bpmn::Waiting::call: return "call";
    case bpmn::Waiting::compensation: return "compensation";
    case bpmn::Waiting::incident: return "incident";
    default: return {};
    }
}

// In the words of BPMN 2.0.2.
std::string_view type_of(const bpmn::Node& node)
{
    if (node.form == bpmn::ScopeForm::event_sub_process)
        return "eventSubProcess";
    if (bpmn::is_ad_hoc(node))
        return "adHocSubProcess";
    switch (node.symbol) {
    case bpmn::Symbol::process: return "process";
    case bpmn::Symbol::sub_process: return "subProcess";
    case bpmn::Symbol::call_activity: return "callActivity";
    case bpmn::Symbol::task: return "task";
    case bpmn::Symbol::user_task: return "userTask";
    case bpmn::Symbol::service_task: return "serviceTask";
    case bpmn::Symbol::send_task: return "sendTask";
    case bpmn::Symbol::receive_task: return "receiveTask";
    case bpmn::Symbol::business_rule_task: return "businessRuleTask";
    case bpmn::Symbol::script_task: return "scriptTask";
    case bpmn::Symbol::start_event: return "startEvent";
    case bpmn::Symbol::end_event: return "endEvent";
    case bpmn::Symbol::intermediate_catch_event: return "intermediateCatchEvent";
    case bpmn::Symbol::intermediate_throw_event: return "intermediateThrowEvent";
    case bpmn::Symbol::boundary_event: return "boundaryEvent";
    case bpmn::Symbol::exclusive_gateway: return "exclusiveGateway";
    case bpmn::Symbol::parallel_gateway: return "parallelGateway";
    case bpmn::Symbol::inclusive_gateway: return "inclusiveGateway";
    case bpmn::Symbol::complex_gateway: return "complexGateway";
    case bpmn::Symbol::event_based_gateway: return "eventBasedGateway";
    }
    throw std::logic_error("a symbol without a name");
}

// What the trail tells of the elements that came and went, by their numbers.
std::map<std::int64_t, ElementInstance> read_trail(const std::vector<TrailEntry>& trail)
{
    std::map<std::int64_t, ElementInstance> elements;
    for (const auto& entry : trail) {
        if (entry.element_number == 0)
            continue;
        auto& element = elements[entry.element_number];
        element.number = entry.element_number;
        element.element = entry.element;
        if (entry.event == "activated") {
            element.started_at = entry.at;
            continue;
        }
        element.state = entry.event == "completed" ? InstanceState::completed : InstanceState::terminated;
        element.ended_at = entry.at;
    }
    return elements;
}

}  // namespace

std::vector<ActiveElement> active_elements(Parts& parts, sql::Transaction& transaction, const InstanceId& id)
{
    const InstanceStore store(transaction, transaction.tenant());
    const auto row = store.find_row(id);
    if (!row)
        throw std::logic_error("no instance " + id.text);
    const auto state = read_state(transaction, id).state;
    const auto definition =
        parts.definitions.process(transaction, row->definition_tenant, row->process_id, row->version);
    std::vector<ActiveElement> active;
    for (const auto& element : state.elements) {
        const auto& node = definition->nodes.at(element.node);
        if (element.parent != 0)
            active.push_back({node.id, node.name, std::string(name_of(element.waiting))});
    }
    return active;
}

std::vector<ElementInstance>
element_instances(Parts& parts, sql::Transaction& transaction, const InstanceId& id)
{
    const InstanceStore store(transaction, transaction.tenant());
    const auto row = store.find_row(id);
    if (!row)
        throw std::logic_error("no instance " + id.text);
    const auto definition =
        parts.definitions.process(transaction, row->definition_tenant, row->process_id, row->version);
    auto elements = read_trail(store.trail(id));
    // What came before trails had numbers is known as long as it is active.
    for (const auto& active : read_state(transaction, id).state.elements) {
        auto& element = elements[active.id];
        if (element.number == 0)
            element = {
                .number = active.id, .element = {}, .name = {}, .type = {}, .started_at = row->started_at};
        // Its id in the version that the instance has moved to.
        element.element = definition->nodes.at(active.node).id;
    }
    const auto incidents = WaitingStore(transaction, transaction.tenant()).incidents_of(id);
    std::vector<ElementInstance> all;
    for (auto& [number, element] : elements) {
        const auto node = definition->find(element.element);
        if (node != bpmn::none) {
            element.name = definition->nodes.at(node).name;
            element.type = type_of(definition->nodes.at(node));
        }
        for (const auto& incident : incidents)
            if (incident.element_number == number)
                element.incident = incident.id;
        all.push_back(std::move(element));
    }
    return all;
}

}  // namespace runtime
