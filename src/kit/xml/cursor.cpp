#include "kit/xml/cursor.hpp"

#include "kit/xml/characters.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

namespace xml {

namespace {

constexpr auto nowhere = std::string_view::npos;

bool append_reference(std::string_view reference, std::string& value)
{
    constexpr std::pair<std::string_view, char> named[] = {
        {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
    for (const auto& [name, letter] : named) {
        if (reference == name) {
            value += letter;
            return true;
        }
    }
    if (!reference.starts_with('#'))
        return false;
    reference.remove_prefix(1);
    const bool is_hexadecimal = reference.starts_with('x');
    if (is_hexadecimal)
        reference.remove_prefix(1);
    std::uint32_t code_point = 0;
    const auto* end = reference.data() + reference.size();
    const auto read = std::from_chars(reference.data(), end, code_point, is_hexadecimal ? 16 : 10);
    if (read.ec != std::errc{} || read.ptr != end || !is_character(code_point))
        return false;
    append_utf8(value, code_point);
    return true;
}

}  // namespace

bool Cursor::skip(std::string_view expected)
{
    if (!is_at(expected))
        return false;
    position_ += expected.size();
    return true;
}

bool Cursor::skip_space()
{
    const auto start = position_;
    while (!is_at_end() && is_space(text_[position_]))
        ++position_;
    return position_ > start;
}

std::string_view Cursor::take_until(char end)
{
    const auto start = position_;
    position_ = std::min(text_.find(end, start), text_.size());
    return text_.substr(start, position_ - start);
}

bool Cursor::read_until(std::string_view end, std::string_view& content)
{
    const auto at = text_.find(end, position_);
    if (at == nowhere)
        return fail("no " + std::string(end) + " follows");
    content = text_.substr(position_, at - position_);
    position_ = at + end.size();
    return true;
}

bool Cursor::read_local_name(std::string& name)
{
    const auto length = length_of_name(rest());
    if (length == 0)
        return fail("a name expected");
    name = rest().substr(0, length);
    position_ += length;
    return true;
}

bool Cursor::read_name(std::string& prefix, std::string& name)
{
    if (!read_local_name(name))
        return false;
    if (!skip(":"))
        return true;
    prefix = std::move(name);
    return read_local_name(name);
}

bool Cursor::read_equals()
{
    skip_space();
    if (!skip("="))
        return fail("\"=\" expected");
    skip_space();
    return true;
}

bool Cursor::read_quoted(std::string_view& content)
{
    if (skip("\""))
        return read_until("\"", content);
    if (skip("'"))
        return read_until("'", content);
    return fail("a value in quotes expected");
}

bool Cursor::read_declared(std::string_view name, std::string& value)
{
    const auto start = position_;
    if (!skip_space() || !skip(name)) {
        position_ = start;
        return true;
    }
    std::string_view content;
    if (!read_equals() || !read_quoted(content))
        return false;
    value = content;
    return true;
}

bool Cursor::resolve(std::size_t offset, std::string_view raw, std::string& value)
{
    for (std::size_t at = 0;;) {
        const auto next = std::min(raw.find('&', at), raw.size());
        value += raw.substr(at, next - at);
        if (next == raw.size())
            return true;
        const auto end = raw.find(';', next);
        if (end == nowhere || !append_reference(raw.substr(next + 1, end - next - 1), value))
            return fail_at(offset + next, "a character reference or &lt; &gt; &amp; &quot; &apos; expected");
        at = end + 1;
    }
}

bool Cursor::fail_at(std::size_t offset, std::string sentence)
{
    error_ = base::fail(
        base::ErrorKind::invalid, "xml.malformed", place_of(text_, offset) + ": " + std::move(sentence)
    );
    return false;
}

std::pair<int, int> Cursor::place()
{
    for (; counted_ < position_; ++counted_) {
        if (text_[counted_] == '\n') {
            ++line_;
            column_ = 1;
        } else if ((static_cast<unsigned char>(text_[counted_]) & 0xC0U) != 0x80) {
            ++column_;
        }
    }
    return {line_, column_};
}

}  // namespace xml
