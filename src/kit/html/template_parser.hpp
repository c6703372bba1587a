#pragma once

#include "kit/html/pages.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace html {

enum class NodeKind { literal, variable, unescaped, text, section, inverted, partial };

// One piece of a template as it was written.
struct Node {
    NodeKind kind = NodeKind::literal;
    std::string text;                    // literal text, or the name as written ("t." cut off for texts)
    std::vector<std::string_view> path;  // the name cut at its dots, pointing into the source; empty for "."
    std::vector<Node> children;          // of sections
    int line = 0;
};

// Reads one template. Mustache: variables, sections, inverted sections, partials, comments, dotted names;
// tags that stand alone on a line take the line with them. Throws std::logic_error ("desk/inbox:12: …").
std::vector<Node> parse_template(const Source& source);

[[noreturn]] void refuse_template(std::string_view name, int line, const std::string& reason);

}  // namespace html
