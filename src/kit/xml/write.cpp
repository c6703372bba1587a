#include "kit/xml/xml.hpp"

#include <stdexcept>

namespace xml {

namespace {

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

class Writer {
public:
    std::string take() { return std::move(out_); }

    void line(std::string_view text)
    {
        out_ += text;
        out_ += '\n';
    }

    // Nodes beside the root, each on a line of its own: white space there means nothing.
    void write_lines(const std::vector<Node>& nodes)
    {
        for (const auto& node : nodes) {
            write(node);
            out_ += '\n';
        }
    }

    void write(const Node& node)
    {
        std::visit([this](const auto& content) { write(content); }, node);
    }

    void write(const Element& element)
    {
        out_ += '<';
        write_name(element);
        for (const auto& attribute : element.attributes) {
            out_ += ' ';
            write_name(attribute);
            out_ += "=\"";
            write_escaped(attribute.value, /*in_attribute=*/true);
            out_ += '"';
        }
        if (element.children.empty()) {
            out_ += "/>";
            return;
        }
        out_ += '>';
        for (const auto& child : element.children)
            write(child);
        out_ += "</";
        write_name(element);
        out_ += '>';
    }

private:
    void write(const Text& text)
    {
        if (text.is_cdata)
            write_cdata(text.text);
        else
            write_escaped(text.text, /*in_attribute=*/false);
    }

    void write(const Comment& comment)
    {
        if (contains(comment.text, "--") || comment.text.ends_with('-'))
            throw std::logic_error("xml::write: a comment must not contain --");
        out_ += "<!--" + comment.text + "-->";
    }

    void write(const ProcessingInstruction& instruction)
    {
        if (contains(instruction.content, "?>"))
            throw std::logic_error("xml::write: a processing instruction must not contain ?>");
        out_ += "<?" + instruction.target;
        if (!instruction.content.empty())
            out_ += " " + instruction.content;
        out_ += "?>";
    }

    // A section cannot contain its own end: it becomes two.
    void write_cdata(std::string_view text)
    {
        out_ += "<![CDATA[";
        for (auto at = text.find("]]>"); at != std::string_view::npos; at = text.find("]]>")) {
            out_ += text.substr(0, at + 2);
            out_ += "]]><![CDATA[";
            text.remove_prefix(at + 2);
        }
        out_ += text;
        out_ += "]]>";
    }

    void write_name(const auto& named)
    {
        if (!named.prefix.empty())
            out_ += named.prefix + ":";
        out_ += named.name;
    }

    // White space that a reader would normalise away is written as a reference.
    void write_escaped(std::string_view text, bool in_attribute)
    {
        for (const char letter : text) {
            switch (letter) {
            case '&': out_ += "&amp;"; break;
            case '<': out_ += "&lt;"; break;
            case '>': out_ += "&gt;"; break;
            case '\r': out_ += "&#13;"; break;
            case '"': out_ += in_attribute ? "&quot;" : "\""; break;
            case '\t': out_ += in_attribute ? "&#9;" : "\t"; break;
            case '\n': out_ += in_attribute ? "&#10;" : "\n"; break;
            default: out_ += letter;
            }
        }
    }

    std::string out_;
};

}  // namespace

std::string write(const Document& document)
{
    Writer writer;
    writer.line(R"(<?xml version="1.0" encoding="UTF-8"?>)");
    writer.write_lines(document.before);
    writer.write(document.root);
    writer.line("");
    writer.write_lines(document.after);
    return writer.take();
}

}  // namespace xml
