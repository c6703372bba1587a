#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace html {

// A template as compiled: what to write, in order (the mustache language without lambdas and delimiters).
struct Node {
    enum class Kind { literal, text, variable, raw, section, inverted, partial };

    Kind kind = Kind::literal;
    std::string content;            // the literal, the text's key, or the partial's name
    std::vector<std::string> path;  // of a variable or section: "a.b" is {"a", "b"}, "." is empty
    std::vector<Node> children;     // of a section
};

// Throws std::logic_error naming template and line for what is not mustache, an unclosed section,
// or "{{{ }}}" outside of a template whose name ends with "layout".
std::vector<Node> compile(std::string_view name, std::string_view text);

// For HTML text and attribute values in quotes.
void append_escaped(std::string& out, std::string_view text);

}  // namespace html
