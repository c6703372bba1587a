#include "kit/html/texts.hpp"

#include "kit/html/message.hpp"
#include "kit/json/json.hpp"

#include <array>
#include <set>
#include <stdexcept>
#include <unordered_map>

namespace html {

namespace {

struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

struct Entry {
    std::string pattern;
    Message message;
};

using Entries = std::unordered_map<std::string, Entry, Hash, std::equal_to<>>;

[[noreturn]] void refuse(const LocaleSource& source, const std::string& reason)
{
    throw std::logic_error(
        std::string(source.room) + "/locale/" + std::string(source.language) + ".json: " + reason
    );
}

void read(Entries& entries, Language language, const LocaleSource& source)
{
    const auto document = json::parse(source.json);
    if (!document)
        refuse(source, document.error().detail);
    const json::Object* object = document->if_object();
    if (object == nullptr)
        refuse(source, "expected an object of keys and texts");
    for (const auto& [name, value] : *object) {
        const std::string* text = value.if_string();
        if (text == nullptr)
            refuse(source, "'" + name + "' is not a text");
        try {
            entries.emplace(std::string(source.room) + "." + name, Entry{*text, Message(language, *text)});
        } catch (const std::logic_error& error) {
            refuse(source, "'" + name + "': " + error.what());
        }
    }
}

std::size_t index_of(Language language)
{
    return static_cast<std::size_t>(language);
}

}  // namespace

struct Texts::Implementation {
    std::array<Entries, std::size(all_languages)> languages;

    const Entry* find(Language language, std::string_view key) const
    {
        for (const Language tried : {language, Language::de}) {
            const auto& entries = languages[index_of(tried)];
            if (const auto found = entries.find(key); found != entries.end())
                return &found->second;
        }
        return nullptr;
    }
};

Texts::Texts(const std::vector<LocaleSource>& sources) : implementation_(std::make_unique<Implementation>())
{
    for (const LocaleSource& source : sources) {
        const auto language = parse_language(source.language);
        if (!language)
            refuse(source, "not one of the languages de, fr, it, en");
        read(implementation_->languages[index_of(*language)], *language, source);
    }
}

Texts::~Texts() = default;

std::string Texts::text(Language language, std::string_view key, const Arguments& arguments) const
{
    const auto argument = [&arguments](std::string_view name) {
        for (const auto& [own_name, value] : arguments)
            if (own_name == name)
                return value;
        return std::string();
    };
    return fill(language, key, argument).value_or(std::string(key));
}

std::optional<std::string>
Texts::fill(Language language, std::string_view key, const FindArgument& argument) const
{
    const Entry* entry = implementation_->find(language, key);
    if (entry == nullptr)
        return std::nullopt;
    return entry->message.fill(argument);
}

const std::string* Texts::find(Language language, std::string_view key) const
{
    const Entry* entry = implementation_->find(language, key);
    return entry == nullptr ? nullptr : &entry->pattern;
}

std::vector<std::string> Texts::missing() const
{
    std::set<std::string> keys;
    for (const Entries& entries : implementation_->languages)
        for (const auto& [key, entry] : entries)
            keys.insert(key);
    std::vector<std::string> found;
    for (const std::string& key : keys) {
        const std::set<std::string>* arguments = nullptr;
        for (const Language language : all_languages) {
            const auto& entries = implementation_->languages[index_of(language)];
            const auto entry = entries.find(key);
            if (entry == entries.end()) {
                found.push_back(std::string(code_of(language)) + " " + key);
                continue;
            }
            const auto& own = entry->second.message.arguments();
            if (arguments != nullptr && own != *arguments)
                found.push_back(std::string(code_of(language)) + " " + key + " (other arguments)");
            arguments = arguments == nullptr ? &own : arguments;
        }
    }
    return found;
}

}  // namespace html
