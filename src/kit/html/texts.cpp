#include "kit/html/texts.hpp"

#include "kit/json/json.hpp"

#include <unicode/msgfmt.h>

#include <array>
#include <map>
#include <mutex>
#include <stdexcept>

namespace html {

namespace {

constexpr std::size_t languages = std::size(all_languages);

// A text and, where it has arguments, its parsed pattern. Parsed once at start.
struct Text {
    std::string pattern;
    std::unique_ptr<icu::MessageFormat> format;  // nothing for a text without arguments
    bool counts = false;  // has plural forms: digits among the arguments are numbers then
};

using PerLanguage = std::array<std::optional<Text>, languages>;

std::size_t index_of(Language language)
{
    return static_cast<std::size_t>(language);
}

icu::Locale locale_of(Language language)
{
    return {std::string(code_of(language)).c_str(), "CH"};
}

Text read_text(const std::string& key, Language language, const std::string& pattern)
{
    Text text{pattern, nullptr, pattern.find(", plural,") != std::string::npos};
    if (pattern.find('{') == std::string::npos)
        return text;
    UErrorCode status = U_ZERO_ERROR;
    UParseError place;
    text.format = std::make_unique<icu::MessageFormat>(
        icu::UnicodeString::fromUTF8(pattern), locale_of(language), place, status
    );
    if (U_FAILURE(status))
        throw std::logic_error(
            "text " + key + " (" + std::string(code_of(language)) + ") is no message pattern"
        );
    return text;
}

}  // namespace

struct Texts::Implementation {
    std::map<std::string, PerLanguage, std::less<>> texts;
    mutable std::mutex formatting;  // icu::MessageFormat may change inside while it formats

    const Text* find(Language language, std::string_view key) const
    {
        const auto found = texts.find(key);
        if (found == texts.end())
            return nullptr;
        const auto& own = found->second[index_of(language)];
        const auto& german = found->second[index_of(Language::de)];
        return own ? &*own : german ? &*german : nullptr;
    }
};

Texts::Texts(const std::vector<LocaleSource>& sources) : implementation_(std::make_unique<Implementation>())
{
    for (const auto& source : sources) {
        const auto language = parse_language(source.language);
        const auto document = json::parse(source.json);
        if (!language || !document || document->if_object() == nullptr)
            throw std::logic_error(
                "locale " + std::string(source.room) + "/" + std::string(source.language) +
                " cannot be read" + (document ? "" : ": " + document.error().detail)
            );
        for (const auto& [key, value] : *document->if_object()) {
            const std::string full = std::string(source.room) + "." + key;
            implementation_->texts[full][index_of(*language)] =
                read_text(full, *language, std::string(value.string_or()));
        }
    }
}

Texts::~Texts() = default;

std::string Texts::text(Language language, std::string_view key, const Arguments& arguments) const
{
    const Text* text = implementation_->find(language, key);
    if (text == nullptr)
        return std::string(key);
    if (!text->format)
        return text->pattern;
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const auto& [name, value] : arguments) {
        names.push_back(icu::UnicodeString::fromUTF8(name));
        const bool is_number = text->counts && !value.empty() && value.size() < 10 &&
                               value.find_first_not_of("0123456789") == value.npos;
        values.push_back(
            is_number ? icu::Formattable(static_cast<std::int32_t>(std::stol(value)))
                      : icu::Formattable(icu::UnicodeString::fromUTF8(value))
        );
    }
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString formatted;
    {
        const std::scoped_lock lock(implementation_->formatting);
        text->format->format(
            names.data(), values.data(), static_cast<std::int32_t>(names.size()), formatted, status
        );
    }
    if (U_FAILURE(status))
        throw std::logic_error("text " + std::string(key) + " cannot be formatted");
    std::string utf8;
    return formatted.toUTF8String(utf8);
}

const std::string* Texts::find(Language language, std::string_view key) const
{
    const Text* text = implementation_->find(language, key);
    return text == nullptr ? nullptr : &text->pattern;
}

std::vector<std::string> Texts::missing() const
{
    std::vector<std::string> missing;
    for (const auto& [key, texts] : implementation_->texts)
        for (const Language language : all_languages)
            if (!texts[index_of(language)])
                missing.push_back(std::string(code_of(language)) + " " + key);
    return missing;
}

}  // namespace html
