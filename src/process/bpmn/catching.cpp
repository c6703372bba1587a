#include "process/bpmn/run.hpp"

namespace bpmn {

// Among those that may catch: one that names the code before one that takes any.
NodeIndex Run::match(const std::vector<NodeIndex>& candidates, Trigger trigger, std::string_view code) const
{
    NodeIndex any = none;
    for (const NodeIndex candidate : candidates)
        for (const EventDefinition& event : node_at(candidate).events) {
            if (event.trigger != trigger)
                continue;
            if (event.code.text == code && !code.empty())
                return candidate;
            if (event.code.empty() && any == none)
                any = candidate;
        }
    return any;
}

// From the element outwards: its boundary events, then the event sub-processes of what it lies in. An event
// sub-process does not catch what comes out of it or its siblings.
std::optional<Run::Catcher> Run::find_catcher(Id element, Trigger trigger, std::string_view code)
{
    for (Id at = element; at != 0; at = find(at)->parent) {
        const ElementInstance& instance = *find(at);
        if (instance.role != Role::inner)
            if (const auto event = match(node_at(instance.node).boundary_events, trigger, code);
                event != none)
                return Catcher{at, event};
        if (instance.parent == 0 || node_at(instance.node).form == ScopeForm::event_sub_process)
            continue;
        const ElementInstance& around = *find(instance.parent);
        if (around.role == Role::body)
            continue;
        for (const NodeIndex sub_process : node_at(around.node).event_sub_processes)
            if (const auto start = match(definition_.start_events(sub_process), trigger, code); start != none)
                return Catcher{around.id, start};
    }
    return std::nullopt;
}

bool Run::throw_error(Id element, std::string_view code, const Variables& payload)
{
    const auto catcher = find_catcher(element, Trigger::error, code);
    if (!catcher)
        return false;
    if (node_at(catcher->event).symbol == Symbol::boundary_event)
        interrupt_or_join(catcher->host, catcher->event, payload);
    else
        start_event_sub_process(catcher->host, catcher->event, payload);
    return true;
}

bool Run::throw_escalation(Id element, std::string_view code, const Variables& payload)
{
    const auto catcher = find_catcher(element, Trigger::escalation, code);
    if (!catcher) {
        emit(Escalate{std::string(code), payload});
        return false;
    }
    if (node_at(catcher->event).symbol == Symbol::boundary_event)
        interrupt_or_join(catcher->host, catcher->event, payload);
    else
        start_event_sub_process(catcher->host, catcher->event, payload);
    return true;
}

}  // namespace bpmn
