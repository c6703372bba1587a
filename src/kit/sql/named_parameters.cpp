#include "kit/sql/named_parameters.hpp"

#include <algorithm>

namespace sql {

namespace {

bool is_name_character(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '_';
}

// The end of what must be copied untouched from `at` on: a literal, a quoted identifier or a comment;
// `at` itself when nothing of that kind starts there. An unclosed one ends with the text, and the database
// will say so. A doubled quote inside a literal ends it and starts the next one, which comes to the same.
std::size_t end_of_untouchable(std::string_view text, std::size_t at)
{
    const auto after = [&](std::string_view closing, std::size_t from) {
        const auto found = text.find(closing, from);
        return found == std::string_view::npos ? text.size() : found + closing.size();
    };
    const auto rest = text.substr(at);
    if (rest.starts_with('\''))
        return after("'", at + 1);
    if (rest.starts_with('"'))
        return after("\"", at + 1);
    if (rest.starts_with("--"))
        return after("\n", at);
    if (rest.starts_with("/*"))
        return after("*/", at + 2);
    return at;
}

std::size_t number_of(std::vector<std::string>& names, std::string_view name)
{
    const auto known = std::find(names.begin(), names.end(), name);
    if (known != names.end())
        return static_cast<std::size_t>(known - names.begin()) + 1;
    names.emplace_back(name);
    return names.size();
}

}  // namespace

NumberedStatement number_parameters(std::string_view text, Marker marker)
{
    NumberedStatement numbered;
    numbered.text.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto untouched = end_of_untouchable(text, at);
        if (untouched > at) {
            numbered.text += text.substr(at, untouched - at);
            at = untouched;
            continue;
        }
        std::size_t end = at + 1;
        if (text[at] == ':')
            while (end < text.size() && is_name_character(text[end]))
                ++end;
        if (end == at + 1) {
            numbered.text += text[at++];
            continue;
        }
        const auto number = number_of(numbered.names, text.substr(at + 1, end - at - 1));
        numbered.text += static_cast<char>(marker);
        numbered.text += std::to_string(number);
        at = end;
    }
    return numbered;
}

}  // namespace sql
