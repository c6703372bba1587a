#include "kit/xml/namespaces.hpp"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

namespace xml {

namespace {

constexpr std::string_view xml_uri = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view xmlns_uri = "http://www.w3.org/2000/xmlns/";

// Every element keeps its namespace's name; a name of megabytes would be kept a million times.
constexpr std::size_t longest_uri = 1000;

bool is_declaration(const Attribute& attribute)
{
    return attribute.prefix == "xmlns" || (attribute.prefix.empty() && attribute.name == "xmlns");
}

std::string_view declared_prefix(const Attribute& declaration)
{
    return declaration.prefix.empty() ? std::string_view() : std::string_view(declaration.name);
}

base::Error refused(std::string detail)
{
    return base::fail(base::ErrorKind::invalid, "xml.malformed", std::move(detail));
}

// Two attributes of one name; nullptr when there are none.
const Attribute* find_repeated(const std::vector<Attribute>& attributes)
{
    std::vector<const Attribute*> sorted;
    for (const auto& attribute : attributes)
        sorted.push_back(&attribute);
    const auto name_of = [](const Attribute* attribute) {
        return std::tie(attribute->namespace_uri, attribute->name);
    };
    std::sort(sorted.begin(), sorted.end(), [&](const auto* a, const auto* b) {
        return name_of(a) < name_of(b);
    });
    const auto found = std::adjacent_find(sorted.begin(), sorted.end(), [&](const auto* a, const auto* b) {
        return name_of(a) == name_of(b);
    });
    return found == sorted.end() ? nullptr : *found;
}

}  // namespace

Namespaces::Namespaces()
{
    bindings_[""] = {""};
    bindings_["xml"] = {std::string(xml_uri)};
}

base::Result<> Namespaces::enter(Element& element)
{
    for (auto& attribute : element.attributes) {
        if (!is_declaration(attribute))
            continue;
        attribute.namespace_uri = xmlns_uri;
        if (auto declared = declare(attribute); !declared)
            return declared;
    }

    const auto* uri = find(element.prefix);
    if (!uri)
        return refused("the prefix " + element.prefix + " is not declared");
    element.namespace_uri = *uri;
    for (auto& attribute : element.attributes) {
        if (attribute.prefix.empty() || is_declaration(attribute))
            continue;
        uri = find(attribute.prefix);
        if (!uri)
            return refused("the prefix " + attribute.prefix + " is not declared");
        attribute.namespace_uri = *uri;
    }
    if (const auto* repeated = find_repeated(element.attributes))
        return refused("the attribute " + repeated->name + " stands twice in one element");
    return base::Done{};
}

base::Result<> Namespaces::declare(const Attribute& declaration)
{
    const auto prefix = declared_prefix(declaration);
    const auto& uri = declaration.value;
    if (uri.size() > longest_uri)
        return refused("a namespace name of at most " + std::to_string(longest_uri) + " bytes expected");
    if (uri.empty() && !declaration.prefix.empty())
        return refused("the prefix " + std::string(prefix) + " is declared without a namespace");
    if (prefix == "xmlns" || uri == xmlns_uri || (prefix == "xml") != (uri == xml_uri))
        return refused("the prefixes xml and xmlns and their namespaces are fixed");
    bindings_[std::string(prefix)].push_back(uri);
    return base::Done{};
}

void Namespaces::leave(const Element& element)
{
    for (const auto& attribute : element.attributes)
        if (is_declaration(attribute))
            bindings_.find(declared_prefix(attribute))->second.pop_back();
}

const std::string* Namespaces::find(std::string_view prefix) const
{
    const auto found = bindings_.find(prefix);
    return found == bindings_.end() || found->second.empty() ? nullptr : &found->second.back();
}

}  // namespace xml
