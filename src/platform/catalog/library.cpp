#include "platform/catalog/library.hpp"

#include "base/text.hpp"
#include "platform/catalog/definition_reader.hpp"
#include "platform/catalog/json_file.hpp"

#include <algorithm>
#include <filesystem>

namespace catalog {

namespace {

using base::Result;

constexpr std::string_view blocks_folder = "blocks";
constexpr std::string_view processes_folder = "processes";
constexpr std::string_view id_placeholder = "service-id";
constexpr std::string_view title_placeholder = "service-title";

std::vector<std::filesystem::path> files_in(const std::string& folder, std::string_view ending)
{
    std::vector<std::filesystem::path> files;
    std::error_code absent;
    for (const auto& entry : std::filesystem::directory_iterator(folder, absent)) {
        if (entry.path().extension() == ending)
            files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

using Wording = std::map<std::string, LocalText, std::less<>>;

Result<Wording> parse_wording(const json::Value& document)
{
    DefinitionReader reader;
    Wording wording;
    for (const auto& [type, value] : reader.object(document, "")) {
        const auto& rules = reader.object(value, type);
        for (const auto& [rule, text] : rules)
            wording.emplace(type + "." + rule, reader.local_text(rules, type, rule));
    }
    if (reader.refusal())
        return *reader.refusal();
    return wording;
}

Result<Library> parse_vocabulary(const json::Value& document)
{
    DefinitionReader reader;
    Library library;
    const auto& object = reader.object(document, "");
    reader.only(object, "", {"responsible", "categories", "life_events", "routing", "delivery"});
    const auto read = [&](Terms& terms, std::string_view name) {
        const auto* value = object.find(name);
        const std::string path(name);
        if (value == nullptr)
            return reader.refuse(path, "words in four languages");
        const auto& words = reader.object(*value, path);
        for (const auto& [key, text] : words)
            terms.emplace_back(key, reader.local_text(words, path, key));
    };
    read(library.responsible, "responsible");
    read(library.categories, "categories");
    read(library.life_events, "life_events");
    read(library.routing, "routing");
    read(library.delivery, "delivery");
    if (reader.refusal())
        return *reader.refusal();
    return library;
}

// As the value of an attribute.
std::string xml_escaped(std::string_view text)
{
    std::string escaped(text);
    for (const auto& [letter, entity] :
         {std::pair("&", "&amp;"), std::pair("<", "&lt;"), std::pair("\"", "&quot;")})
        escaped = base::replace_all(escaped, letter, entity);
    return escaped;
}

}  // namespace

const LocalText* find_term(const Terms& terms, std::string_view key)
{
    const auto found = std::ranges::find(terms, key, &Terms::value_type::first);
    return found == terms.end() ? nullptr : &found->second;
}

Result<Library> read_library(const std::string& directory)
{
    Library library;
    if (const auto path = directory + "/vocabulary.json"; std::filesystem::exists(path)) {
        auto vocabulary = read_json(path, parse_vocabulary);
        if (!vocabulary)
            return vocabulary.error();
        library = *std::move(vocabulary);
    }
    if (const auto path = directory + "/wording.json"; std::filesystem::exists(path)) {
        auto wording = read_json(path, parse_wording);
        if (!wording)
            return wording.error();
        library.wording = *std::move(wording);
    }
    for (const auto& path : files_in(directory + "/" + std::string(blocks_folder), ".json")) {
        auto block = read_json_file(path.string());
        if (!block)
            return block.error();
        library.blocks.emplace(path.stem().string(), *std::move(block));
    }
    for (const auto& path : files_in(directory + "/" + std::string(processes_folder), ".bpmn"))
        library.processes.emplace(path.stem().string(), read_file(path.string()).value_or(""));
    return library;
}

bool is_library_folder(std::string_view name)
{
    return name == blocks_folder || name == processes_folder;
}

std::string process_of_service(std::string_view shared, std::string_view service_id, std::string_view title)
{
    return base::replace_all(
        base::replace_all(shared, title_placeholder, xml_escaped(title)), id_placeholder, service_id
    );
}

}  // namespace catalog
