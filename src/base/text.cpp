#include "base/text.hpp"

#include "base/fold_table.hpp"

#include <algorithm>
#include <cstdint>

namespace base {

namespace {

// One code point and how many bytes it took; a broken sequence gives U+FFFD and one byte.
struct Decoded {
    char32_t code_point;
    std::size_t length;
    bool valid;
};

Decoded decode(std::string_view text)
{
    const auto byte = [&](std::size_t index) { return static_cast<std::uint8_t>(text[index]); };
    const std::uint8_t first = byte(0);
    if (first < 0x80)
        return {first, 1, true};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length)
        return {0xFFFD, 1, false};
    char32_t code_point = first & (0xFFU >> (length + 1));
    for (std::size_t index = 1; index < length; ++index) {
        if ((byte(index) & 0xC0U) != 0x80)
            return {0xFFFD, 1, false};
        code_point = (code_point << 6U) | (byte(index) & 0x3FU);
    }
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (code_point < smallest[length] || code_point > 0x10FFFF || surrogate)
        return {0xFFFD, 1, false};
    return {code_point, length, true};
}

bool is_space(char32_t code_point)
{
    return (code_point >= 0x09 && code_point <= 0x0D) || code_point == 0x20 || code_point == 0x85 ||
           code_point == 0xA0 || code_point == 0x1680 || (code_point >= 0x2000 && code_point <= 0x200B) ||
           code_point == 0x2028 || code_point == 0x2029 || code_point == 0x202F || code_point == 0x205F ||
           code_point == 0x3000 || code_point == 0xFEFF;
}

char ascii_lower_letter(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

char ascii_upper_letter(char letter)
{
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

}  // namespace

bool is_valid_utf8(std::string_view text)
{
    while (!text.empty()) {
        const auto decoded = decode(text);
        if (!decoded.valid)
            return false;
        text.remove_prefix(decoded.length);
    }
    return true;
}

std::size_t count_code_points(std::string_view utf8)
{
    return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char letter) {
        return (static_cast<std::uint8_t>(letter) & 0xC0U) != 0x80;
    }));
}

std::string_view trim(std::string_view text)
{
    while (!text.empty()) {
        const auto decoded = decode(text);
        if (!is_space(decoded.code_point))
            break;
        text.remove_prefix(decoded.length);
    }
    while (!text.empty()) {
        std::size_t start = text.size() - 1;
        while (start > 0 && (static_cast<std::uint8_t>(text[start]) & 0xC0U) == 0x80)
            --start;
        if (!is_space(decode(text.substr(start)).code_point))
            break;
        text = text.substr(0, start);
    }
    return text;
}

bool has_control_characters(std::string_view utf8)
{
    while (!utf8.empty()) {
        const auto [code_point, length, valid] = decode(utf8);
        const bool c0 = code_point < 0x20 && code_point != '\t' && code_point != '\n' && code_point != '\r';
        if (c0 || (code_point >= 0x7F && code_point <= 0x9F))
            return true;
        utf8.remove_prefix(length);
    }
    return false;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator)
{
    std::string joined;
    for (const auto& part : parts) {
        if (&part != &parts.front())
            joined += separator;
        joined += part;
    }
    return joined;
}

std::string replace_all(std::string_view text, std::string_view searched, std::string_view replacement)
{
    std::string replaced;
    for (auto at = text.find(searched); at != std::string_view::npos; at = text.find(searched)) {
        replaced += text.substr(0, at);
        replaced += replacement;
        text.remove_prefix(at + searched.size());
    }
    replaced += text;
    return replaced;
}

std::string ascii_upper(std::string_view text)
{
    std::string upper(text);
    std::ranges::transform(upper, upper.begin(), ascii_upper_letter);
    return upper;
}

std::string ascii_lower(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), ascii_lower_letter);
    return lower;
}

bool equals_ignoring_ascii_case(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, ascii_lower_letter, ascii_lower_letter);
}

std::string fold_for_search(std::string_view utf8)
{
    std::string folded;
    folded.reserve(utf8.size());
    while (!utf8.empty()) {
        const auto decoded = decode(utf8);
        const auto found = std::ranges::lower_bound(fold_table, decoded.code_point, {}, &Fold::code_point);
        if (decoded.code_point < 0x80)
            folded += ascii_lower_letter(utf8.front());
        else if (found != fold_table.end() && found->code_point == decoded.code_point)
            folded += found->folded;
        else
            folded += utf8.substr(0, decoded.length);
        utf8.remove_prefix(decoded.length);
    }
    return folded;
}

}  // namespace base
