#include "process/bpmn/vocabulary.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace bpmn {

namespace {

constexpr std::array activities{
    std::string_view("task"),
    std::string_view("manualTask"),
    std::string_view("userTask"),
    std::string_view("serviceTask"),
    std::string_view("sendTask"),
    std::string_view("receiveTask"),
    std::string_view("scriptTask"),
    std::string_view("businessRuleTask"),
    std::string_view("callActivity"),
    std::string_view("subProcess"),
    std::string_view("transaction"),
    std::string_view("adHocSubProcess"),
};

constexpr std::array events{
    std::string_view("startEvent"),
    std::string_view("endEvent"),
    std::string_view("intermediateCatchEvent"),
    std::string_view("intermediateThrowEvent"),
    std::string_view("boundaryEvent"),
};

constexpr std::array gateways{
    std::string_view("exclusiveGateway"),
    std::string_view("parallelGateway"),
    std::string_view("inclusiveGateway"),
    std::string_view("complexGateway"),
    std::string_view("eventBasedGateway"),
};

}  // namespace

std::string_view local_reference(std::string_view qualified_name)
{
    const auto trimmed = base::trim(qualified_name);
    const auto colon = trimmed.rfind(':');
    return colon == std::string_view::npos ? trimmed : trimmed.substr(colon + 1);
}

std::string child_text(const xml::Element& element, std::string_view name)
{
    const auto* child = element.find(model_namespace, name);
    return child ? std::string(base::trim(child->text())) : std::string();
}

const xml::Element* find_extension(const xml::Element& element, std::string_view name)
{
    const auto* extensions = element.find(model_namespace, "extensionElements");
    return extensions ? extensions->find(dialect_namespace, name) : nullptr;
}

bool leads(const xml::Element& throwing, const xml::Element& catching)
{
    if (throwing.name != "linkEventDefinition" || catching.name != "linkEventDefinition")
        return false;
    const auto target = child_text(throwing, "target");
    if (!target.empty())
        return local_reference(target) == id_of(catching);
    const auto name = throwing.attribute_or("name");
    return !name.empty() && name == catching.attribute_or("name");
}

bool uses_dialect(const xml::Element& element)
{
    const auto* extensions = element.find(model_namespace, "extensionElements");
    const auto children = extensions ? extensions->elements() : std::vector<const xml::Element*>();
    return std::any_of(children.begin(), children.end(), [](const xml::Element* child) {
        return child->namespace_uri == dialect_namespace;
    });
}

bool is_activity(std::string_view name)
{
    return is_one_of(activities, name);
}
bool is_event(std::string_view name)
{
    return is_one_of(events, name);
}
bool is_gateway(std::string_view name)
{
    return is_one_of(gateways, name);
}
bool is_one_of(std::span<const std::string_view> names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

bool is_flow_node(std::string_view name)
{
    return is_activity(name) || is_event(name) || is_gateway(name);
}
bool is_event_definition(std::string_view name)
{
    return name == "eventDefinitionRef" || (name.ends_with("EventDefinition") && name != "eventDefinition");
}

}  // namespace bpmn
