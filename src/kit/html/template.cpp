#include "kit/html/template.hpp"

#include <algorithm>
#include <stdexcept>

namespace html {

namespace {

bool is_space(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && is_space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_space(text.back()))
        text.remove_suffix(1);
    return text;
}

std::vector<std::string> path_of(std::string_view name)
{
    std::vector<std::string> path;
    if (name == ".")
        return path;
    for (;;) {
        const auto dot = name.find('.');
        path.emplace_back(name.substr(0, dot));
        if (dot == std::string_view::npos)
            return path;
        name.remove_prefix(dot + 1);
    }
}

class Compiler {
public:
    Compiler(std::string_view name, std::string_view text) : name_(name), text_(text) {}

    std::vector<Node> compile()
    {
        auto nodes = read_until({});
        return nodes;
    }

private:
    struct Tag {
        char sign = ' ';  // one of # ^ / > ! { & or ' ' for a variable
        std::string_view name;
    };

    // Reads up to the closing tag of `section`, or to the end when it is empty.
    std::vector<Node> read_until(std::string_view section)
    {
        std::vector<Node> nodes;
        while (at_ < text_.size()) {
            const auto open = text_.find("{{", at_);
            append_literal(nodes, text_.substr(at_, open - at_));
            if (open == std::string_view::npos) {
                at_ = text_.size();
                break;
            }
            at_ = open;
            const Tag tag = read_tag();
            if (tag.sign == '/') {
                if (tag.name != section)
                    refuse("'{{/" + std::string(tag.name) + "}}' closes what is not open");
                return nodes;
            }
            if (tag.sign != '!')
                nodes.push_back(read_node(tag));
            else if (!nodes.empty() || at_ < text_.size())
                skip_line_end();
        }
        if (!section.empty())
            refuse("'" + std::string(section) + "' is not closed");
        return nodes;
    }

    Tag read_tag()
    {
        const bool is_triple = text_.substr(at_, 3) == "{{{";
        const auto close = text_.find(is_triple ? "}}}" : "}}", at_);
        if (close == std::string_view::npos)
            refuse("a tag is not closed");
        const std::size_t width = is_triple ? 3 : 2;
        auto content = trimmed(text_.substr(at_ + width, close - at_ - width));
        at_ = close + width;
        if (content.empty())
            refuse("a tag is empty");
        if (is_triple)
            return {'{', content};
        constexpr std::string_view signs = "#^/>!&=";
        if (signs.find(content.front()) == std::string_view::npos)
            return {' ', content};
        const char sign = content.front();
        if (sign == '=' || sign == '&')
            refuse("neither delimiters nor '&' are used here");
        return {sign, trimmed(content.substr(1))};
    }

    Node read_node(const Tag& tag)
    {
        Node node;
        if (tag.sign == '>') {
            node.kind = Node::Kind::partial;
            node.content = tag.name;
            return node;
        }
        if (tag.sign == ' ' && tag.name.starts_with("t.")) {
            node.kind = Node::Kind::text;
            node.content = tag.name.substr(2);
            return node;
        }
        node.path = path_of(tag.name);
        if (tag.sign == '#' || tag.sign == '^') {
            node.kind = tag.sign == '#' ? Node::Kind::section : Node::Kind::inverted;
            node.children = read_until(tag.name);
            return node;
        }
        if (tag.sign == '{' && !name_.ends_with("layout"))
            refuse("only a layout writes HTML as it is");
        node.kind = tag.sign == '{' ? Node::Kind::raw : Node::Kind::variable;
        return node;
    }

    static void append_literal(std::vector<Node>& nodes, std::string_view literal)
    {
        if (literal.empty())
            return;
        if (!nodes.empty() && nodes.back().kind == Node::Kind::literal)
            nodes.back().content += literal;
        else
            nodes.push_back({Node::Kind::literal, std::string(literal), {}, {}});
    }

    // A comment that stands alone on its line leaves no empty line behind.
    void skip_line_end()
    {
        if (at_ < text_.size() && text_[at_] == '\n')
            ++at_;
    }

    [[noreturn]] void refuse(const std::string& reason) const
    {
        const auto line =
            std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n') + 1;
        throw std::logic_error(
            "page " + std::string(name_) + ", line " + std::to_string(line) + ": " + reason
        );
    }

    std::string_view name_;
    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<Node> compile(std::string_view name, std::string_view text)
{
    return Compiler(name, text).compile();
}

void append_escaped(std::string& out, std::string_view text)
{
    for (;;) {
        const auto special = text.find_first_of("&<>\"'");
        out += text.substr(0, special);
        if (special == std::string_view::npos)
            return;
        switch (text[special]) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += "&#39;"; break;
        }
        text.remove_prefix(special + 1);
    }
}

}  // namespace html
