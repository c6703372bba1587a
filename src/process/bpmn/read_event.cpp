#include "process/bpmn/process_reader.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <array>

namespace bpmn {

namespace {

constexpr std::array<std::pair<std::string_view, Trigger>, 10> triggers{{
    {"messageEventDefinition", Trigger::message},
    {"timerEventDefinition", Trigger::timer},
    {"signalEventDefinition", Trigger::signal},
    {"errorEventDefinition", Trigger::error},
    {"escalationEventDefinition", Trigger::escalation},
    {"compensateEventDefinition", Trigger::compensation},
    {"conditionalEventDefinition", Trigger::conditional},
    {"linkEventDefinition", Trigger::link},
    {"cancelEventDefinition", Trigger::cancel},
    {"terminateEventDefinition", Trigger::terminate},
}};

Trigger trigger_of(std::string_view name)
{
    for (const auto& [known, trigger] : triggers)
        if (known == name)
            return trigger;
    return Trigger::nothing;
}

bool is_model(const xml::Element& element)
{
    return element.namespace_uri == model_namespace;
}

// The definition itself or what it refers to; nullptr when that has no known trigger.
const xml::Element* known_definition(const xml::Element& child, const Globals& globals)
{
    const auto* definition = globals.event_definition(child);
    return definition && trigger_of(definition->name) != Trigger::nothing ? definition : nullptr;
}

}  // namespace

void ProcessReader::read_event(const xml::Element& element, Node& node)
{
    node.is_parallel_multiple = element.attribute_or("parallelMultiple") == "true";
    node.is_interrupting = element.attribute_or("cancelActivity", "true") != "false" &&
                           element.attribute_or("isInterrupting", "true") != "false";
    node.job = read_job(element);
    for (const auto* definition : event_definitions(element))
        node.events.push_back(read_event_definition(*definition, node));
    for (const auto* child : element.elements())
        if (is_model(*child) && is_event_definition(child->name) && !known_definition(*child, globals_))
            findings_.error(
                element, "event-definition", "The event definition «" + child->name + "» is unknown."
            );
    read_data_associations(element, node);
}

std::vector<const xml::Element*> ProcessReader::event_definitions(const xml::Element& event) const
{
    std::vector<const xml::Element*> found;
    for (const auto* child : event.elements())
        if (is_model(*child) && is_event_definition(child->name))
            if (const auto* definition = known_definition(*child, globals_))
                found.push_back(definition);
    return found;
}

EventDefinition ProcessReader::read_event_definition(const xml::Element& definition, const Node& node)
{
    EventDefinition event;
    event.trigger = trigger_of(definition.name);
    const auto named = [&](std::string_view attribute, std::string_view kind, std::string_view what) {
        const auto* found = globals_.find(definition.attribute_or(attribute), kind);
        return found ? read_formula(*found, found->attribute_or(what)) : Formula{};
    };
    switch (event.trigger) {
    case Trigger::message: read_message(definition, event, node); break;
    case Trigger::timer: read_timer(definition, event); break;
    case Trigger::signal:
        event.name = named("signalRef", "signal", "name");
        if (event.name.empty())
            event.name.text = local_reference(definition.attribute_or("signalRef"));
        break;
    case Trigger::error: event.code = named("errorRef", "error", "errorCode"); break;
    case Trigger::escalation: event.code = named("escalationRef", "escalation", "escalationCode"); break;
    case Trigger::conditional:
        event.condition = read_condition(definition, child_text(definition, "condition"), "The condition");
        break;
    case Trigger::link: event.name.text = definition.attribute_or("name"); break;
    case Trigger::compensation:
        event.waits_for_completion = definition.attribute_or("waitForCompletion") != "false";
        break;
    default: break;
    }
    return event;
}

void ProcessReader::read_message(const xml::Element& carrier, EventDefinition& event, const Node& node)
{
    const auto* message = globals_.message_of(carrier, node.id);
    if (message) {
        event.name = read_formula(*message, message->attribute_or("name", id_of(*message)));
        if (const auto* subscription = find_extension(*message, "subscription"))
            event.correlation_key = read_formula(*subscription, subscription->attribute_or("correlationKey"));
    } else {
        event.name.text = globals_.message_flow_at(node.id);
    }
    // A throwing message event or a send task with a job needs no message; a catching one always does.
    if (event.name.empty() && !node.job)
        findings_.error(
            carrier,
            "message-reference",
            "«" + node.id + "» sends or receives a message but does not say which."
        );
}

void ProcessReader::read_timer(const xml::Element& definition, EventDefinition& event)
{
    constexpr std::array<std::pair<std::string_view, TimerKind>, 3> kinds{{
        {"timeDate", TimerKind::date},
        {"timeDuration", TimerKind::duration},
        {"timeCycle", TimerKind::cycle},
    }};
    for (const auto& [name, kind] : kinds) {
        const auto text = child_text(definition, name);
        if (text.empty())
            continue;
        event.timer_kind = kind;
        event.timer = read_formula(definition, text);
    }
    if (event.timer.empty())
        findings_.error(definition, "timer", "A timer needs a date, a duration or a cycle.");
}

void ProcessReader::read_gateway(const xml::Element& element, Node& node)
{
    node.is_instantiating = element.attribute_or("instantiate") == "true";
    node.is_parallel = element.attribute_or("eventGatewayType") == "Parallel";
    if (const auto* condition = element.find(model_namespace, "activationCondition"))
        node.activation_condition =
            read_condition(element, condition->text(), "The activation condition of the gateway");
}

}  // namespace bpmn
