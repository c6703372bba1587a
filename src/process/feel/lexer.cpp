#include "process/feel/lexer.hpp"

#include "base/text.hpp"

#include <array>
#include <cstdint>

namespace feel {

namespace {

using base::ErrorKind;
using base::fail;
using base::Result;

bool is_digit(char sign)
{
    return sign >= '0' && sign <= '9';
}

char32_t decode(std::string_view text, std::size_t at, std::size_t& length)
{
    const auto lead = static_cast<unsigned char>(text[at]);
    length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length == 1)
        return lead;
    char32_t point = lead & (0xFFU >> (length + 1));
    for (std::size_t index = 1; index < length; ++index)
        point = (point << 6U) | (static_cast<unsigned char>(text[at + index]) & 0x3FU);
    return point;
}

void encode(char32_t point, std::string& text)
{
    const auto byte = [&](char32_t bits) { text += static_cast<char>(static_cast<unsigned char>(bits)); };
    if (point < 0x80) {
        byte(point);
    } else if (point < 0x800) {
        byte(0xC0U | (point >> 6U));
        byte(0x80U | (point & 0x3FU));
    } else if (point < 0x10000) {
        byte(0xE0U | (point >> 12U));
        byte(0x80U | ((point >> 6U) & 0x3FU));
        byte(0x80U | (point & 0x3FU));
    } else {
        byte(0xF0U | (point >> 18U));
        byte(0x80U | ((point >> 12U) & 0x3FU));
        byte(0x80U | ((point >> 6U) & 0x3FU));
        byte(0x80U | (point & 0x3FU));
    }
}

// DMN 1.5 grammar rules 28 and 29.
bool starts_name(char32_t point)
{
    if (point < 0x80)
        return point == '?' || point == '_' || (point >= 'A' && point <= 'Z') ||
               (point >= 'a' && point <= 'z');
    struct Span {
        char32_t first;
        char32_t last;
    };
    constexpr std::array<Span, 13> spans{{
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
        {0x10000, 0xEFFFF},
        {0xB5, 0xB5},
    }};
    for (const auto& span : spans)
        if (point >= span.first && point <= span.last && point != 0x1680 &&
            !(point >= 0x2000 && point <= 0x200B) && point != 0x3000)
            return true;
    return false;
}

bool continues_name(char32_t point)
{
    return starts_name(point) || (point >= '0' && point <= '9') || point == 0xB7 ||
           (point >= 0x300 && point <= 0x36F) || (point >= 0x203F && point <= 0x2040);
}

// Rules 61 and 62 of the grammar, and the marks that editors leave behind.
bool is_space(char32_t point)
{
    return (point >= 0x09 && point <= 0x0D) || point == 0x20 || point == 0x85 || point == 0xA0 ||
           point == 0x1680 || point == 0x180E || (point >= 0x2000 && point <= 0x200B) || point == 0x2028 ||
           point == 0x2029 || point == 0x202F || point == 0x205F || point == 0x3000 || point == 0xFEFF;
}

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text) {}

    Result<std::vector<Token>> run()
    {
        std::vector<Token> tokens;
        while (true) {
            if (!skip_space())
                return refuse(place_, "a comment that does not end");
            Token token;
            token.place = place_;
            token.begin = at_;
            if (at_ == text_.size()) {
                token.end = at_;
                tokens.push_back(std::move(token));
                return tokens;
            }
            if (!read(token))
                return refuse(
                    token.place,
                    text_[token.begin] == '`' ? "a name whose backtick is not closed"
                                              : "a text whose quote is not closed"
                );
            token.end = at_;
            if (token.kind != Token::Kind::quoted_name)
                token.text = text_.substr(token.begin, at_ - token.begin);
            tokens.push_back(std::move(token));
        }
    }

private:
    static base::Error refuse(const Place& place, std::string found)
    {
        return fail(ErrorKind::invalid, "feel.syntax", to_text(place) + ": found " + std::move(found));
    }

    // One code point further.
    void step()
    {
        std::size_t length = 1;
        const char32_t point = decode(text_, at_, length);
        at_ += length;
        if (point == '\n') {
            ++place_.line;
            place_.column = 1;
        } else {
            ++place_.column;
        }
    }

    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

    bool skip_space()
    {
        while (at_ < text_.size()) {
            std::size_t length = 1;
            if (is_space(decode(text_, at_, length))) {
                step();
            } else if (peek() == '/' && peek(1) == '/') {
                while (at_ < text_.size() && peek() != '\n')
                    step();
            } else if (peek() == '/' && peek(1) == '*') {
                const std::size_t end = text_.find("*/", at_ + 2);
                if (end == std::string_view::npos)
                    return false;
                while (at_ < end + 2)
                    step();
            } else {
                break;
            }
        }
        return true;
    }

    bool read(Token& token)
    {
        std::size_t length = 1;
        const char32_t first = decode(text_, at_, length);
        if (first == '"')
            return read_string(token);
        if (first == '`')
            return read_quoted_name(token);
        if (is_digit(peek()) || (peek() == '.' && is_digit(peek(1)))) {
            token.kind = Token::Kind::number;
            read_number();
        } else if (starts_name(first)) {
            token.kind = Token::Kind::name;
            do
                step();
            while (at_ < text_.size() && continues_name(decode(text_, at_, length)));
        } else {
            token.kind = Token::Kind::symbol;
            read_symbol();
        }
        return true;
    }

    void read_number()
    {
        while (is_digit(peek()))
            step();
        if (peek() == '.' && is_digit(peek(1))) {
            step();
            while (is_digit(peek()))
                step();
        }
        const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
        if ((peek() == 'e' || peek() == 'E') && is_digit(peek(1 + sign))) {
            for (std::size_t index = 0; index < 1 + sign; ++index)
                step();
            while (is_digit(peek()))
                step();
        }
    }

    void read_symbol()
    {
        constexpr std::array<std::string_view, 6> pairs{"**", "..", "<=", ">=", "!=", "->"};
        for (const auto pair : pairs) {
            if (text_.substr(at_, 2) == pair) {
                step();
                break;
            }
        }
        step();
    }

    bool read_quoted_name(Token& token)
    {
        const std::size_t end = text_.find('`', at_ + 1);
        if (end == std::string_view::npos)
            return false;
        token.kind = Token::Kind::quoted_name;
        token.text = text_.substr(at_ + 1, end - at_ - 1);
        while (at_ <= end)
            step();
        return true;
    }

    bool read_string(Token& token)
    {
        token.kind = Token::Kind::string;
        step();
        while (at_ < text_.size() && peek() != '"') {
            if (peek() == '\\' && at_ + 1 < text_.size()) {
                read_escape(token.content);
                continue;
            }
            const std::size_t begin = at_;
            step();
            token.content += text_.substr(begin, at_ - begin);
        }
        if (at_ == text_.size())
            return false;
        step();
        return true;
    }

    // Rule 64; a backslash before anything else is a character like others, so that "\d" is a pattern.
    void read_escape(std::string& content)
    {
        step();
        const char mark = peek();
        if (mark == 'u' || mark == 'U') {
            if (const auto point = read_code_point(mark == 'u' ? 4 : 6)) {
                encode(*point, content);
                return;
            }
            content += '\\';
            return;
        }
        constexpr std::string_view marks = "nrt\"'\\";
        constexpr std::string_view meanings = "\n\r\t\"'\\";
        if (const std::size_t index = marks.find(mark); index != std::string_view::npos) {
            content += meanings[index];
            step();
            return;
        }
        content += '\\';
    }

    std::optional<char32_t> hexadecimal(std::size_t from, std::size_t digits) const
    {
        char32_t point = 0;
        for (std::size_t index = 0; index < digits; ++index) {
            const char sign = from + index < text_.size() ? text_[from + index] : '\0';
            const std::size_t digit =
                std::string_view("0123456789abcdef").find(static_cast<char>(sign | 0x20));
            if (sign == '\0' || digit == std::string_view::npos)
                return std::nullopt;
            point = point * 16 + static_cast<char32_t>(digit);
        }
        return point;
    }

    // After the backslash; two \u that are a surrogate pair are one character.
    std::optional<char32_t> read_code_point(std::size_t digits)
    {
        auto point = hexadecimal(at_ + 1, digits);
        std::size_t length = digits + 1;
        if (point && *point >= 0xD800 && *point < 0xDC00 && text_.substr(at_ + 5, 2) == "\\u") {
            const auto second = hexadecimal(at_ + 7, 4);
            if (second && *second >= 0xDC00 && *second < 0xE000) {
                point = 0x10000 + ((*point - 0xD800) << 10U) + (*second - 0xDC00);
                length += 6;
            }
        }
        if (!point || *point > 0x10FFFF || (*point >= 0xD800 && *point < 0xE000))
            return std::nullopt;
        for (std::size_t index = 0; index < length; ++index)
            step();
        return point;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Place place_;
};

}  // namespace

Result<std::vector<Token>> tokenise(std::string_view text)
{
    if (!base::is_valid_utf8(text))
        return fail(ErrorKind::invalid, "feel.syntax", "found bytes that are not UTF-8");
    return Lexer(text).run();
}

std::vector<std::string> split_name(std::string_view name)
{
    std::vector<std::string> parts;
    const auto tokens = tokenise(name);
    if (!tokens)
        return {std::string(name)};
    for (const auto& token : *tokens)
        if (token.kind != Token::Kind::end)
            parts.emplace_back(token.text);
    return parts;
}

std::string to_text(const Place& place)
{
    return "line " + std::to_string(place.line) + ", column " + std::to_string(place.column);
}

}  // namespace feel
