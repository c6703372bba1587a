#include "kit/html/texts.hpp"
#include "kit/json/json.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <list>

// Looks at every text of the program and of the services, as the files have them.

namespace {

namespace files = std::filesystem;

struct TextFile {
    files::path path;
    std::string room;
    std::string language;
    std::string content;
};

// Files called de.json, fr.json, … in folders of a name below a root.
void collect(std::list<TextFile>& found, const files::path& root, std::string_view folder)
{
    if (!files::exists(root))
        return;
    for (const auto& entry : files::recursive_directory_iterator(root)) {
        const auto& path = entry.path();
        if (path.parent_path().filename() != folder || path.extension() != ".json")
            continue;
        std::ifstream file(path);
        found.push_back(
            {path,
             path.parent_path().parent_path().filename(),
             path.stem(),
             {std::istreambuf_iterator<char>(file), {}}}
        );
    }
}

files::path source_directory()
{
    const char* given = std::getenv("SCHALTER_SOURCE");
    return given == nullptr ? files::current_path() : files::path(given);
}

// What is wrong with the spelling of the texts below a value.
void check_spelling(const json::Value& value, const std::string& place, std::vector<std::string>& findings)
{
    if (const auto* text = value.if_string()) {
        if (text->find("ß") != std::string::npos)
            findings.push_back(place + ": ß is not written in Switzerland: " + *text);
        if (text->find('"') != std::string::npos)
            findings.push_back(place + ": quotes are « and », in English “ and ”: " + *text);
    } else if (const auto* object = value.if_object()) {
        for (const auto& [name, member] : *object)
            check_spelling(member, place + " " + name, findings);
    } else if (const auto* array = value.if_array()) {
        for (const auto& item : *array)
            check_spelling(item, place, findings);
    }
}

std::string joined(const std::vector<std::string>& lines)
{
    std::string result;
    for (const auto& line : lines)
        result += line + "\n";
    return result;
}

}  // namespace

TEST_CASE("Every text of the program is there in all four languages, with the same arguments")
{
    std::list<TextFile> found;
    collect(found, source_directory() / "src", "locale");
    std::vector<html::LocaleSource> sources;
    for (const auto& file : found)
        sources.push_back({file.room, file.language, file.content});

    const html::Texts texts(sources);

    REQUIRE(sources.size() >= 4);
    CHECK(joined(texts.missing()) == "");
}

TEST_CASE("No text has an ß or straight quotation marks")
{
    std::list<TextFile> found;
    collect(found, source_directory() / "src", "locale");
    collect(found, source_directory() / "services", "texts");
    collect(found, source_directory() / "sandbox", "locale");
    std::vector<std::string> findings;

    for (const auto& file : found) {
        const auto document = json::parse(file.content);
        REQUIRE_MESSAGE(document.has_value(), file.path.string());
        check_spelling(*document, file.path.lexically_relative(source_directory()).string(), findings);
    }

    CHECK(joined(findings) == "");
}
