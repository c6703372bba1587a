#pragma once

#include "kit/xml/xml.hpp"

#include <span>
#include <string>
#include <string_view>

namespace bpmn {

inline constexpr std::string_view model_namespace = "http://www.omg.org/spec/BPMN/20100524/MODEL";
inline constexpr std::string_view dialect_namespace = "http://camunda.org/schema/zeebe/1.0";

inline bool is_model(const xml::Element& element, std::string_view name)
{
    return element.is(model_namespace, name);
}

// The id of an element, or nothing.
inline std::string_view id_of(const xml::Element& element)
{
    return element.attribute_or("id");
}

// References are qualified names (XML Schema QName); inside one file the local part finds its target.
std::string_view local_reference(std::string_view qualified_name);

// The trimmed text of a child element of the model's namespace, empty when there is none.
std::string child_text(const xml::Element& element, std::string_view name);

// The dialect's extension element of that name, nullptr when there is none.
const xml::Element* find_extension(const xml::Element& element, std::string_view name);

// It has extensions of the dialect: then variables and mappings carry its data, and its data sets only
// describe them.
bool uses_dialect(const xml::Element& element);

// One link event definition leads to the other: by reference, or else by an equal name (BPMN 2.0.2 section
// 10.5.5, Table 10.98).
bool leads(const xml::Element& throwing, const xml::Element& catching);

bool is_one_of(std::span<const std::string_view> names, std::string_view name);
bool is_flow_node(std::string_view name);
bool is_activity(std::string_view name);
bool is_event(std::string_view name);
bool is_gateway(std::string_view name);
bool is_event_definition(std::string_view name);

}  // namespace bpmn
