#include "kit/html/template_parser.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <stdexcept>

namespace html {

namespace {

constexpr std::string_view blanks = " \t\r";

bool is_name(std::string_view name)
{
    if (name == ".")
        return true;
    const auto is_allowed = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_' ||
               letter == '.' || letter == '/';
    };
    return !name.empty() && std::ranges::all_of(name, is_allowed) && name.front() != '.' &&
           name.back() != '.' && name.find("..") == std::string_view::npos;
}

class Parser {
public:
    explicit Parser(const Source& source) : source_(source) {}

    std::vector<Node> parse()
    {
        auto nodes = parse_until("");
        if (at_ != source_.text.size())
            refuse("a section is closed that was never opened");
        return nodes;
    }

private:
    struct Tag {
        char sigil = ' ';  // one of # ^ / ! > { or a blank for a variable
        std::string_view name;
        std::size_t start = 0;
    };

    // The nodes up to {{/name}}, or to the end of the file for the empty name.
    std::vector<Node> parse_until(std::string_view section)
    {
        std::vector<Node> nodes;
        for (;;) {
            const auto open = source_.text.find("{{", at_);
            append_literal(nodes, source_.text.substr(at_, open - at_));
            if (open == std::string_view::npos) {
                if (!section.empty())
                    refuse("section '" + std::string(section) + "' is never closed");
                at_ = source_.text.size();
                return nodes;
            }
            at_ = open;
            const Tag tag = read_tag();
            if (tag.sigil != ' ' && tag.sigil != '{')
                take_line_of(tag, nodes);
            if (tag.sigil == '/') {
                if (tag.name != section)
                    refuse(
                        "'" + std::string(tag.name) + "' is closed, but '" + std::string(section) +
                        "' is open"
                    );
                return nodes;
            }
            if (tag.sigil != '!')
                nodes.push_back(make_node(tag));
        }
    }

    Tag read_tag()
    {
        Tag tag;
        tag.start = at_;
        const bool is_unescaped = source_.text.substr(at_).starts_with("{{{");
        const std::string_view close = is_unescaped ? "}}}" : "}}";
        const std::size_t inside = at_ + close.size();
        const auto end = source_.text.find(close, inside);
        if (end == std::string_view::npos)
            refuse("a tag is never closed");
        auto content = base::trim(source_.text.substr(inside, end - inside));
        if (is_unescaped)
            tag.sigil = '{';
        else if (!content.empty() && std::string_view("#^/!>&=").find(content.front()) != std::string_view::npos)
            tag.sigil = content.front();
        if (tag.sigil == '&' || tag.sigil == '=')
            refuse("'&' and '=' tags are not allowed");
        tag.name = base::trim(tag.sigil == ' ' || tag.sigil == '{' ? content : content.substr(1));
        if (tag.sigil != '!' && !is_name(tag.name))
            refuse("'" + std::string(tag.name) + "' is not a name");
        at_ = end + close.size();
        return tag;
    }

    Node make_node(const Tag& tag)
    {
        Node node;
        node.line = line_at(tag.start);
        node.text = tag.name;
        const bool is_text = tag.name.starts_with("t.");
        if (tag.name != ".")
            node.path = base::split(tag.name, '.');
        switch (tag.sigil) {
        case '{': node.kind = NodeKind::unescaped; break;
        case '>': node.kind = NodeKind::partial; break;
        case '#':
        case '^':
            node.kind = tag.sigil == '#' ? NodeKind::section : NodeKind::inverted;
            node.children = parse_until(tag.name);
            break;
        default: node.kind = is_text ? NodeKind::text : NodeKind::variable; break;
        }
        if (is_text && node.kind != NodeKind::text)
            refuse("'" + node.text + "' is a text: it can only be written");
        if (node.kind == NodeKind::text)
            node.text.erase(0, 2);
        if (node.kind == NodeKind::unescaped && !source_.name.ends_with("/layout"))
            refuse("{{{ }}} is for layouts only");
        return node;
    }

    // A tag alone on its line leaves no empty line behind.
    void take_line_of(const Tag& tag, std::vector<Node>& nodes)
    {
        const auto line_break =
            tag.start == 0 ? std::string_view::npos : source_.text.rfind('\n', tag.start - 1);
        const auto line_start = line_break == std::string_view::npos ? 0 : line_break + 1;
        const auto before = source_.text.substr(line_start, tag.start - line_start);
        const auto next = source_.text.find_first_not_of(blanks, at_);
        const bool ends_line = next == std::string_view::npos || source_.text[next] == '\n';
        if (before.find_first_not_of(blanks) != std::string_view::npos || !ends_line)
            return;
        at_ = next == std::string_view::npos ? source_.text.size() : next + 1;
        if (!before.empty() && !nodes.empty() && nodes.back().kind == NodeKind::literal)
            nodes.back().text.resize(nodes.back().text.size() - before.size());
    }

    static void append_literal(std::vector<Node>& nodes, std::string_view text)
    {
        if (text.empty())
            return;
        if (nodes.empty() || nodes.back().kind != NodeKind::literal)
            nodes.emplace_back();
        nodes.back().text += text;
    }

    int line_at(std::size_t position) const
    {
        return 1 + static_cast<int>(std::ranges::count(source_.text.substr(0, position), '\n'));
    }

    [[noreturn]] void refuse(const std::string& reason) const
    {
        refuse_template(source_.name, line_at(at_), reason);
    }

    const Source& source_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<Node> parse_template(const Source& source)
{
    return Parser(source).parse();
}

void refuse_template(std::string_view name, int line, const std::string& reason)
{
    throw std::logic_error(std::string(name) + ":" + std::to_string(line) + ": " + reason);
}

}  // namespace html
