#include "kit/html/texts.hpp"

namespace html {

std::string_view code_of(Language language)
{
    switch (language) {
    case Language::de: return "de";
    case Language::fr: return "fr";
    case Language::it: return "it";
    case Language::en: return "en";
    }
    return "de";
}

std::optional<Language> parse_language(std::string_view code)
{
    for (const Language language : all_languages)
        if (code_of(language) == code)
            return language;
    return std::nullopt;
}

}  // namespace html
