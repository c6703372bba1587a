#include "kit/http/structured_field.hpp"

#include "kit/crypto/hashing.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace http {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

bool is_lower(char letter)
{
    return letter >= 'a' && letter <= 'z';
}

bool is_letter(char letter)
{
    return is_lower(letter) || (letter >= 'A' && letter <= 'Z');
}

bool is_in_key(char letter)
{
    return is_lower(letter) || is_digit(letter) || std::string_view("_-.*").find(letter) != std::string::npos;
}

bool is_in_token(char letter)
{
    return is_letter(letter) || is_digit(letter) ||
           std::string_view("!#$%&'*+-.^_`|~:/").find(letter) != std::string::npos;
}

bool is_in_string(char letter)
{
    return letter >= 0x20 && letter <= 0x7E;
}

template <class Value>
void put(std::vector<std::pair<std::string, Value>>& all, std::string name, Value value)
{
    const auto known = std::ranges::find(all, name, &std::pair<std::string, Value>::first);
    if (known == all.end())
        all.emplace_back(std::move(name), std::move(value));
    else
        known->second = std::move(value);
}

// Reads on from the beginning of what is left; nothing where the text is not as it must be.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    std::optional<Dictionary> dictionary()
    {
        Dictionary members;
        skip(" ");
        while (!rest_.empty()) {
            auto name = key();
            auto member = name ? take('=') ? member_value() : flag() : std::nullopt;
            if (!member)
                return std::nullopt;
            put(members, std::move(*name), std::move(*member));
            skip(" \t");
            if (rest_.empty())
                return members;
            if (!take(','))
                return std::nullopt;
            skip(" \t");
            if (rest_.empty())  // a comma at the end
                return std::nullopt;
        }
        return members;
    }

private:
    void skip(std::string_view letters)
    {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(letters), rest_.size()));
    }

    bool take(char letter)
    {
        if (!rest_.starts_with(letter))
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    template <class Test>
    std::string_view take_while(Test test)
    {
        const auto end = std::ranges::find_if_not(rest_, test);
        const auto taken = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
        rest_.remove_prefix(taken.size());
        return taken;
    }

    std::optional<std::string> key()
    {
        if (rest_.empty() || !(is_lower(rest_[0]) || rest_[0] == '*'))
            return std::nullopt;
        return std::string(take_while(is_in_key));
    }

    std::optional<Member> flag()
    {
        auto parameters = this->parameters();
        return parameters ? std::optional<Member>(Item{true, std::move(*parameters)}) : std::nullopt;
    }

    std::optional<Member> member_value()
    {
        if (rest_.starts_with('(')) {
            auto list = inner_list();
            return list ? std::optional<Member>(std::move(*list)) : std::nullopt;
        }
        auto found = item();
        return found ? std::optional<Member>(std::move(*found)) : std::nullopt;
    }

    std::optional<InnerList> inner_list()
    {
        InnerList list;
        take('(');
        for (;;) {
            skip(" ");
            if (take(')'))
                break;
            auto found = item();
            if (!found || !(rest_.starts_with(' ') || rest_.starts_with(')')))
                return std::nullopt;
            list.items.push_back(std::move(*found));
        }
        auto parameters = this->parameters();
        if (!parameters)
            return std::nullopt;
        list.parameters = std::move(*parameters);
        return list;
    }

    std::optional<Item> item()
    {
        auto value = bare_item();
        auto parameters = value ? this->parameters() : std::nullopt;
        if (!parameters)
            return std::nullopt;
        return Item{std::move(*value), std::move(*parameters)};
    }

    std::optional<Parameters> parameters()
    {
        Parameters all;
        while (take(';')) {
            skip(" ");
            auto name = key();
            auto value = name ? take('=') ? bare_item() : BareItem(true) : std::nullopt;
            if (!value)
                return std::nullopt;
            put(all, std::move(*name), std::move(*value));
        }
        return all;
    }

    std::optional<BareItem> bare_item()
    {
        if (rest_.empty())
            return std::nullopt;
        const char first = rest_[0];
        if (first == '-' || is_digit(first))
            return number();
        if (first == '"')
            return string();
        if (first == ':')
            return bytes();
        if (first == '?')
            return boolean();
        if (first == '*' || is_letter(first))
            return Token{std::string(take_while(is_in_token))};
        return std::nullopt;
    }

    std::optional<BareItem> number()
    {
        const int sign = take('-') ? -1 : 1;
        const auto whole = take_while(is_digit);
        if (whole.empty() || whole.size() > 15)
            return std::nullopt;
        std::int64_t value = std::strtoll(std::string(whole).c_str(), nullptr, 10);
        if (!take('.'))
            return sign * value;
        const auto fraction = take_while(is_digit);
        if (whole.size() > 12 || fraction.empty() || fraction.size() > 3)
            return std::nullopt;
        auto thousandths = std::string(fraction);
        thousandths.resize(3, '0');
        value = value * 1000 + std::strtoll(thousandths.c_str(), nullptr, 10);
        return Decimal{sign * value};
    }

    std::optional<BareItem> string()
    {
        std::string text;
        take('"');
        while (!rest_.empty()) {
            if (take('"'))
                return text;
            const bool is_escaped = take('\\');
            if (rest_.empty() || !is_in_string(rest_[0]))
                return std::nullopt;
            if (is_escaped && rest_[0] != '"' && rest_[0] != '\\')
                return std::nullopt;
            text += rest_[0];
            rest_.remove_prefix(1);
        }
        return std::nullopt;
    }

    std::optional<BareItem> bytes()
    {
        take(':');
        const auto end = rest_.find(':');
        if (end == std::string_view::npos)
            return std::nullopt;
        auto decoded = crypto::decode_base64(rest_.substr(0, end));
        rest_.remove_prefix(end + 1);
        return decoded ? std::optional<BareItem>(Bytes{std::move(*decoded)}) : std::nullopt;
    }

    std::optional<BareItem> boolean()
    {
        take('?');
        if (take('1'))
            return true;
        return take('0') ? std::optional<BareItem>(false) : std::nullopt;
    }

    std::string_view rest_;
};

std::string quoted(std::string_view text)
{
    std::string written = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\')
            written += '\\';
        written += letter;
    }
    return written + "\"";
}

std::string decimal(std::int64_t thousandths)
{
    const auto absolute = std::abs(thousandths);
    auto fraction = std::to_string(1000 + absolute % 1000).substr(1);
    while (fraction.size() > 1 && fraction.ends_with('0'))
        fraction.pop_back();
    return (thousandths < 0 ? "-" : "") + std::to_string(absolute / 1000) + "." + fraction;
}

struct Writer {
    std::string operator()(bool value) const { return value ? "?1" : "?0"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(const Decimal& value) const { return decimal(value.thousandths); }
    std::string operator()(const std::string& value) const { return quoted(value); }
    std::string operator()(const Token& value) const { return value.text; }
    std::string operator()(const Bytes& value) const { return ":" + crypto::base64(value.bytes) + ":"; }
};

std::string write(const Parameters& parameters)
{
    std::string text;
    for (const auto& [name, value] : parameters) {
        text += ";" + name;
        if (value != BareItem(true))
            text += "=" + write(value);
    }
    return text;
}

}  // namespace

Result<Dictionary> parse_dictionary(std::string_view text)
{
    const auto end = text.find_last_not_of(' ');
    auto members = Reader(text.substr(0, end == std::string_view::npos ? 0 : end + 1)).dictionary();
    if (!members)
        return fail(ErrorKind::invalid, "http.no_dictionary", "a dictionary (RFC 8941) expected");
    return std::move(*members);
}

std::string write(const BareItem& value)
{
    return std::visit(Writer(), value);
}

std::string write(const InnerList& list)
{
    std::string text;
    for (const auto& item : list.items)
        text += (text.empty() ? "" : " ") + write(item.value) + write(item.parameters);
    return "(" + text + ")" + write(list.parameters);
}

std::string write(const Dictionary& dictionary)
{
    std::string text;
    for (const auto& [name, member] : dictionary) {
        text += (text.empty() ? "" : ", ") + name;
        if (const auto* list = std::get_if<InnerList>(&member)) {
            text += "=" + write(*list);
            continue;
        }
        const auto& item = std::get<Item>(member);
        if (item.value != BareItem(true))
            text += "=" + write(item.value);
        text += write(item.parameters);
    }
    return text;
}

}  // namespace http
