#include "process/bpmn/globals.hpp"

#include "base/text.hpp"
#include "process/bpmn/vocabulary.hpp"

namespace bpmn {

Globals::Globals(const xml::Element& definitions)
{
    add(definitions);
}

void Globals::add(const xml::Element& element)
{
    if (const auto id = id_of(element); !id.empty())
        by_id_.try_emplace(std::string(id), &element);
    if (is_model(element, "messageFlow"))
        message_flows_.push_back(&element);
    for (const auto* child : element.elements())
        if (child->namespace_uri == model_namespace)
            add(*child);
}

const xml::Element* Globals::find(std::string_view reference) const
{
    const auto found = by_id_.find(local_reference(reference));
    return found == by_id_.end() ? nullptr : found->second;
}

const xml::Element* Globals::find(std::string_view reference, std::string_view kind) const
{
    const auto* found = find(reference);
    return found && found->name == kind ? found : nullptr;
}

const xml::Element* Globals::event_definition(const xml::Element& child) const
{
    return child.name == "eventDefinitionRef" ? find(base::trim(child.text())) : &child;
}

const xml::Element* Globals::own_message_of(const xml::Element& carrier) const
{
    if (const auto* reference = carrier.find_attribute("messageRef"))
        return find(*reference, "message");
    auto operation = std::string(carrier.attribute_or("operationRef"));
    if (operation.empty())
        operation = child_text(carrier, "operationRef");
    const auto* found = find(operation, "operation");
    return found ? find(child_text(*found, "inMessageRef"), "message") : nullptr;
}

const xml::Element* Globals::message_of(const xml::Element& carrier, std::string_view flow_node_id) const
{
    if (const auto* own = own_message_of(carrier))
        return own;
    for (const auto* flow : message_flows_) {
        const auto source = local_reference(flow->attribute_or("sourceRef"));
        const auto target = local_reference(flow->attribute_or("targetRef"));
        if (source != flow_node_id && target != flow_node_id)
            continue;
        if (const auto* message = find(flow->attribute_or("messageRef"), "message"))
            return message;
        const auto* other = find(source == flow_node_id ? target : source);
        if (!other)
            continue;
        const auto* definition = other->find(model_namespace, "messageEventDefinition");
        if (const auto* message = own_message_of(definition ? *definition : *other))
            return message;
    }
    return nullptr;
}

std::string Globals::message_flow_at(std::string_view flow_node_id) const
{
    for (const auto* flow : message_flows_)
        if (local_reference(flow->attribute_or("sourceRef")) == flow_node_id ||
            local_reference(flow->attribute_or("targetRef")) == flow_node_id)
            return std::string(id_of(*flow));
    return {};
}

}  // namespace bpmn
