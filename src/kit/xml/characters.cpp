#include "kit/xml/characters.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace xml {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// XML 1.0 (fifth edition), production 4, beyond ASCII.
constexpr Range name_start_ranges[] = {
    {0xC0, 0xD6},
    {0xD8, 0xF6},
    {0xF8, 0x2FF},
    {0x370, 0x37D},
    {0x37F, 0x1FFF},
    {0x200C, 0x200D},
    {0x2070, 0x218F},
    {0x2C00, 0x2FEF},
    {0x3001, 0xD7FF},
    {0xF900, 0xFDCF},
    {0xFDF0, 0xFFFD},
    {0x10000, 0xEFFFF}};
// Production 4a, beyond ASCII: these too, but not at the start.
constexpr Range name_ranges[] = {{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};

template <std::size_t size>
bool stands_in(const Range (&ranges)[size], char32_t code_point)
{
    return std::any_of(std::begin(ranges), std::end(ranges), [code_point](const Range& range) {
        return code_point >= range.first && code_point <= range.last;
    });
}

bool may_start_name(char32_t code_point)
{
    const auto lower = code_point | 0x20U;
    if (code_point < 0x80)
        return (lower >= 'a' && lower <= 'z') || code_point == '_';
    return stands_in(name_start_ranges, code_point);
}

bool may_continue_name(char32_t code_point)
{
    if (may_start_name(code_point))
        return true;
    if (code_point < 0x80)
        return (code_point >= '0' && code_point <= '9') || code_point == '-' || code_point == '.';
    return stands_in(name_ranges, code_point);
}

struct Decoded {
    char32_t code_point;
    std::size_t length;
};

// The first code point of valid UTF-8.
Decoded decode(std::string_view text)
{
    const auto first = static_cast<std::uint8_t>(text[0]);
    if (first < 0x80)
        return {first, 1};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    char32_t code_point = first & (0xFFU >> (length + 1));
    for (std::size_t index = 1; index < length; ++index)
        code_point = (code_point << 6U) | (static_cast<std::uint8_t>(text[index]) & 0x3FU);
    return {code_point, length};
}

base::Error refused(std::string detail)
{
    return base::fail(base::ErrorKind::invalid, "xml.malformed", std::move(detail));
}

enum class ByteOrder { big, little };

// The 16 bits at a place; 0 where there are none.
char32_t unit_at(std::string_view bytes, std::size_t at, ByteOrder order)
{
    if (at + 1 >= bytes.size())
        return 0;
    const char32_t first = static_cast<std::uint8_t>(bytes[at]);
    const char32_t second = static_cast<std::uint8_t>(bytes[at + 1]);
    return order == ByteOrder::big ? first << 8U | second : second << 8U | first;
}

bool is_high_surrogate(char32_t unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

bool is_low_surrogate(char32_t unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

base::Result<std::string> utf8_from_utf16(std::string_view bytes, ByteOrder order)
{
    bool is_broken = bytes.size() % 2 != 0;
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size() && !is_broken; at += 2) {
        char32_t code_point = unit_at(bytes, at, order);
        is_broken = is_low_surrogate(code_point);
        if (is_high_surrogate(code_point)) {
            at += 2;
            const auto low = unit_at(bytes, at, order);
            is_broken = !is_low_surrogate(low);
            code_point = 0x10000 + ((code_point - 0xD800) << 10U) + (low - 0xDC00);
        }
        append_utf8(text, code_point);
    }
    if (is_broken)
        return refused("the file starts as UTF-16 but is not UTF-16 throughout");
    return text;
}

// "\r\n" and "\r" become "\n".
void unify_line_ends(std::string& text)
{
    if (text.find('\r') == std::string::npos)
        return;
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool is_return = text[at] == '\r';
        if (is_return && at + 1 < text.size() && text[at + 1] == '\n')
            continue;
        text[end++] = is_return ? '\n' : text[at];
    }
    text.resize(end);
}

// Where Windows-1252 differs from ISO-8859-1: 0x80 to 0x9F (WHATWG Encoding, index windows-1252).
constexpr std::array<char16_t, 32> windows_1252{
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

// An encoding of one byte a character, where the XML declaration names one.
std::optional<Encoding> declared_single_byte(std::string_view bytes)
{
    if (!bytes.starts_with("<?xml"))
        return std::nullopt;
    const auto declaration = base::ascii_lower(bytes.substr(0, bytes.find("?>")));
    const auto names = [&](const std::string& encoding) {
        return declaration.find(encoding + "\"") != std::string::npos ||
               declaration.find(encoding + "'") != std::string::npos;
    };
    if (names("iso-8859-1"))
        return Encoding::latin_1;
    return names("windows-1252") ? std::optional(Encoding::windows_1252) : std::nullopt;
}

std::string utf8_from_single_bytes(std::string_view bytes, Encoding encoding)
{
    std::string text;
    for (const char byte : bytes) {
        const auto code = static_cast<std::uint8_t>(byte);
        const bool is_moved = encoding == Encoding::windows_1252 && code >= 0x80 && code < 0xA0;
        append_utf8(text, is_moved ? char32_t{windows_1252[code - 0x80U]} : char32_t{code});
    }
    return text;
}

// Offset of the first line that is not UTF-8.
std::size_t broken_line(std::string_view text)
{
    std::size_t start = 0;
    while (start < text.size()) {
        const auto end = std::min(text.find('\n', start), text.size());
        if (!base::is_valid_utf8(text.substr(start, end - start)))
            break;
        start = end + 1;
    }
    return start;
}

base::Result<> check_characters(std::string_view text)
{
    if (!base::is_valid_utf8(text))
        return refused(place_of(text, broken_line(text)) + ": UTF-8 expected");
    for (std::size_t at = 0; at < text.size();) {
        const auto decoded = decode(text.substr(at));
        if (!is_character(decoded.code_point))
            return refused(place_of(text, at) + ": a character that XML does not allow");
        at += decoded.length;
    }
    return base::Done{};
}

}  // namespace

bool is_space(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

bool is_character(char32_t code_point)
{
    return code_point == 0x9 || code_point == 0xA || code_point == 0xD ||
           (code_point >= 0x20 && code_point <= 0xD7FF) || (code_point >= 0xE000 && code_point <= 0xFFFD) ||
           (code_point >= 0x10000 && code_point <= 0x10FFFF);
}

std::size_t length_of_name(std::string_view text)
{
    std::size_t length = 0;
    while (length < text.size()) {
        const auto decoded = decode(text.substr(length));
        if (!(length == 0 ? may_start_name(decoded.code_point) : may_continue_name(decoded.code_point)))
            break;
        length += decoded.length;
    }
    return length;
}

void append_utf8(std::string& text, char32_t code_point)
{
    const auto add = [&text](char32_t byte) { text += static_cast<char>(static_cast<std::uint8_t>(byte)); };
    if (code_point < 0x80) {
        add(code_point);
    } else if (code_point < 0x800) {
        add(0xC0U | code_point >> 6U);
        add(0x80U | (code_point & 0x3FU));
    } else if (code_point < 0x10000) {
        add(0xE0U | code_point >> 12U);
        add(0x80U | (code_point >> 6U & 0x3FU));
        add(0x80U | (code_point & 0x3FU));
    } else {
        add(0xF0U | code_point >> 18U);
        add(0x80U | (code_point >> 12U & 0x3FU));
        add(0x80U | (code_point >> 6U & 0x3FU));
        add(0x80U | (code_point & 0x3FU));
    }
}

std::string place_of(std::string_view text, std::size_t offset)
{
    const auto before = text.substr(0, offset);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const auto last_line = before.substr(before.find_last_of('\n') + 1);
    const auto column = 1 + base::count_code_points(last_line);
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

base::Result<Source> read_source(std::string_view bytes)
{
    using namespace std::string_view_literals;
    Source source;
    const bool is_big = bytes.starts_with("\xFE\xFF") || bytes.starts_with("\0<"sv);
    const bool is_little = bytes.starts_with("\xFF\xFE") || bytes.starts_with("<\0"sv);
    if (is_big || is_little) {
        auto text = utf8_from_utf16(bytes, is_big ? ByteOrder::big : ByteOrder::little);
        if (!text)
            return text.error();
        source = {std::move(*text), Encoding::utf_16};
    } else if (const auto encoding = declared_single_byte(bytes)) {
        source = {utf8_from_single_bytes(bytes, *encoding), *encoding};
    } else {
        source.text = bytes;
    }

    if (source.text.starts_with("\xEF\xBB\xBF"))
        source.text.erase(0, 3);
    unify_line_ends(source.text);
    if (auto checked = check_characters(source.text); !checked)
        return checked.error();
    return source;
}

}  // namespace xml
