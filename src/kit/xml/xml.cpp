#include "kit/xml/xml.hpp"

#include <utility>

namespace xml {

bool Element::is(std::string_view uri, std::string_view local_name) const
{
    return name == local_name && namespace_uri == uri;
}

const std::string* Element::find_attribute(std::string_view local_name) const
{
    return find_attribute({}, local_name);
}

const std::string* Element::find_attribute(std::string_view uri, std::string_view local_name) const
{
    for (const auto& attribute : attributes)
        if (attribute.name == local_name && attribute.namespace_uri == uri)
            return &attribute.value;
    return nullptr;
}

std::string_view Element::attribute_or(std::string_view local_name, std::string_view otherwise) const
{
    const auto* value = find_attribute(local_name);
    return value ? std::string_view(*value) : otherwise;
}

void Element::set_attribute(std::string_view local_name, std::string value)
{
    for (auto& attribute : attributes) {
        if (attribute.name == local_name && attribute.namespace_uri.empty()) {
            attribute.value = std::move(value);
            return;
        }
    }
    attributes.push_back(
        {.prefix = {}, .name = std::string(local_name), .namespace_uri = {}, .value = std::move(value)}
    );
}

std::vector<const Element*> Element::elements() const
{
    std::vector<const Element*> found;
    for (const auto& child : children)
        if (const auto* element = std::get_if<Element>(&child))
            found.push_back(element);
    return found;
}

std::vector<const Element*> Element::elements(std::string_view uri, std::string_view local_name) const
{
    std::vector<const Element*> found;
    for (const auto& child : children)
        if (const auto* element = std::get_if<Element>(&child); element && element->is(uri, local_name))
            found.push_back(element);
    return found;
}

const Element* Element::find(std::string_view uri, std::string_view local_name) const
{
    for (const auto& child : children)
        if (const auto* element = std::get_if<Element>(&child); element && element->is(uri, local_name))
            return element;
    return nullptr;
}

std::string Element::text() const
{
    std::string joined;
    for (const auto& child : children)
        if (const auto* text = std::get_if<Text>(&child))
            joined += text->text;
    return joined;
}

}  // namespace xml
