#pragma once

#include "base/result.hpp"
#include "process/feel/expression.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace feel {

// A piece of an expression. Names with spaces are several tokens here: the parser joins them, as only it
// knows which names are in scope.
struct Token {
    enum class Kind { end, number, string, name, quoted_name, symbol };

    Kind kind = Kind::end;
    std::string_view text;  // as written; of a quoted name without its backticks
    std::string content;    // of a string: with escapes resolved
    Place place;
    std::size_t begin = 0;  // in bytes
    std::size_t end = 0;

    bool is(std::string_view symbol) const { return kind == Kind::symbol && text == symbol; }
    bool is_name(std::string_view name) const { return kind == Kind::name && text == name; }
};

// The tokens of a text, with an `end` behind them; they point into the text. Refuses broken UTF-8, strings
// and comments that do not end.
base::Result<std::vector<Token>> tokenise(std::string_view text);

// A name's tokens as text: "Monthly Salary", " a-b " -> {"Monthly", "Salary"}, {"a", "-", "b"}.
std::vector<std::string> split_name(std::string_view name);

// "line 1, column 5"
std::string to_text(const Place& place);

}  // namespace feel
