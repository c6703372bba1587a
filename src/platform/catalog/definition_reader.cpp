#include "platform/catalog/definition_reader.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace catalog {

namespace {

const json::Object no_object;
const json::Array no_array;

}  // namespace

std::string member_of(const std::string& path, std::string_view name)
{
    return path.empty() ? std::string(name) : path + "." + std::string(name);
}

std::string item_of(const std::string& path, std::size_t index)
{
    return path + "[" + std::to_string(index) + "]";
}

void DefinitionReader::refuse(const std::string& path, std::string_view expected)
{
    if (!refusal_)
        refusal_ = base::fail(
            base::ErrorKind::invalid,
            "catalog.invalid_definition",
            (path.empty() ? "the document" : path) + ": expected " + std::string(expected)
        );
}

const json::Object& DefinitionReader::object(const json::Value& value, const std::string& path)
{
    if (const auto* object = value.if_object())
        return *object;
    refuse(path, "an object");
    return no_object;
}

void DefinitionReader::only(
    const json::Object& object, const std::string& path, std::initializer_list<std::string_view> known
)
{
    for (const auto& [name, value] : object) {
        if (std::ranges::find(known, name) == known.end())
            refuse(member_of(path, name), "no member of this name");
    }
}

std::string DefinitionReader::text(const json::Object& object, const std::string& path, std::string_view name)
{
    std::string read = optional_text(object, path, name);
    if (base::trim(read).empty())
        refuse(member_of(path, name), "a text");
    return read;
}

std::string
DefinitionReader::optional_text(const json::Object& object, const std::string& path, std::string_view name)
{
    const auto* value = object.find(name);
    if (value == nullptr)
        return {};
    if (value->if_string() == nullptr)
        refuse(member_of(path, name), "a text");
    return std::string(value->string_or());
}

std::vector<std::string>
DefinitionReader::texts(const json::Object& object, const std::string& path, std::string_view name)
{
    array(object, path, name);
    return optional_texts(object, path, name);
}

std::vector<std::string>
DefinitionReader::optional_texts(const json::Object& object, const std::string& path, std::string_view name)
{
    std::vector<std::string> read;
    for (const auto& item : optional_array(object, path, name)) {
        if (base::trim(item.string_or()).empty())
            refuse(item_of(member_of(path, name), read.size()), "a text");
        read.emplace_back(item.string_or());
    }
    return read;
}

LocalText DefinitionReader::read_local_text(const json::Value& value, const std::string& path)
{
    const auto& languages = object(value, path);
    only(languages, path, {"de", "fr", "it", "en"});
    LocalText read;
    for (const auto language : html::all_languages)
        read.in(language) = text(languages, path, html::code_of(language));
    return read;
}

LocalText
DefinitionReader::local_text(const json::Object& object, const std::string& path, std::string_view name)
{
    const auto* value = object.find(name);
    if (value == nullptr)
        refuse(member_of(path, name), "a text in de, fr, it and en");
    return value == nullptr ? LocalText() : read_local_text(*value, member_of(path, name));
}

LocalText DefinitionReader::optional_local_text(
    const json::Object& object, const std::string& path, std::string_view name
)
{
    const auto* value = object.find(name);
    return value == nullptr ? LocalText() : read_local_text(*value, member_of(path, name));
}

bool DefinitionReader::boolean(
    const json::Object& object, const std::string& path, std::string_view name, bool otherwise
)
{
    const auto* value = object.find(name);
    if (value == nullptr)
        return otherwise;
    if (value->if_bool() == nullptr)
        refuse(member_of(path, name), "true or false");
    return value->if_bool() == nullptr ? otherwise : *value->if_bool();
}

std::optional<std::int64_t>
DefinitionReader::optional_integer(const json::Object& object, const std::string& path, std::string_view name)
{
    const auto* value = object.find(name);
    if (value == nullptr)
        return {};
    const auto read = value->integer();
    if (!read)
        refuse(member_of(path, name), "a whole number");
    return read;
}

const json::Array&
DefinitionReader::array(const json::Object& object, const std::string& path, std::string_view name)
{
    const auto& read = optional_array(object, path, name);
    if (read.empty())
        refuse(member_of(path, name), "a list with at least one item");
    return read;
}

const json::Array&
DefinitionReader::optional_array(const json::Object& object, const std::string& path, std::string_view name)
{
    const auto* value = object.find(name);
    if (value == nullptr)
        return no_array;
    if (value->if_array() == nullptr)
        refuse(member_of(path, name), "a list");
    return value->if_array() == nullptr ? no_array : *value->if_array();
}

}  // namespace catalog
