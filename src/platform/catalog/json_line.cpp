#include "platform/catalog/json_line.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string>

namespace catalog {

namespace {

// Walks through a text that the parser has found well-formed, from value to value.
class Walker {
public:
    explicit Walker(std::string_view text) : text_(text) {}

    int line() const { return 1 + static_cast<int>(std::ranges::count(text_.substr(0, position_), '\n')); }

    void skip_space()
    {
        while (position_ < text_.size() && std::string_view(" \t\r\n").find(text_[position_]) != text_.npos)
            ++position_;
    }
    bool take(char letter)
    {
        skip_space();
        if (position_ >= text_.size() || text_[position_] != letter)
            return false;
        ++position_;
        return true;
    }
    std::string_view read_string()
    {
        take('"');
        const auto begin = position_;
        while (position_ < text_.size() && text_[position_] != '"')
            position_ += text_[position_] == '\\' ? 2U : 1U;
        const auto content = text_.substr(begin, position_ - begin);
        ++position_;
        return content;
    }
    void skip_value()
    {
        skip_space();
        int depth = 0;
        while (position_ < text_.size()) {
            const char letter = text_[position_];
            const bool closes = letter == '}' || letter == ']';
            if (depth == 0 && (letter == ',' || closes))
                return;
            if (letter == '"') {
                read_string();
                continue;
            }
            if (letter == '{' || letter == '[')
                ++depth;
            if (closes)
                --depth;
            ++position_;
        }
    }

    // Goes to the value of a member of the object that comes next; stays before the object otherwise.
    bool enter_member(std::string_view name)
    {
        const auto start = position_;
        bool goes_on = take('{');
        while (goes_on) {
            skip_space();
            const auto member_position = position_;
            const bool is_meant = read_string() == name;
            take(':');
            if (is_meant) {
                found_ = member_position;
                return true;
            }
            skip_value();
            goes_on = take(',');
        }
        position_ = start;
        return false;
    }
    bool enter_item(std::size_t index)
    {
        const auto start = position_;
        bool goes_on = take('[');
        for (std::size_t at = 0; goes_on; ++at) {
            skip_space();
            if (at == index) {
                found_ = position_;
                return true;
            }
            skip_value();
            goes_on = take(',');
        }
        position_ = start;
        return false;
    }
    int line_found()
    {
        position_ = found_;
        return line();
    }

private:
    std::string_view text_;
    std::size_t position_ = 0;
    std::size_t found_ = 0;
};

}  // namespace

int line_of(std::string_view json_text, std::string_view path)
{
    Walker walker(json_text);
    while (!path.empty()) {
        if (path.front() == '[') {
            std::size_t index = 0;
            const auto end = path.find(']');
            std::from_chars(path.data() + 1, path.data() + end, index);
            if (end == path.npos || !walker.enter_item(index))
                break;
            path.remove_prefix(end + 1);
        } else {
            if (path.front() == '.')
                path.remove_prefix(1);
            const auto end = std::min(path.find_first_of(".["), path.size());
            if (!walker.enter_member(path.substr(0, end)))
                break;
            path.remove_prefix(end);
        }
    }
    return walker.line_found();
}

}  // namespace catalog
