#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace xml {

struct Attribute {
    std::string prefix;         // as written, may be empty
    std::string name;           // local name; a namespace declaration has prefix "xmlns" or name "xmlns"
    std::string namespace_uri;  // resolved; empty for unprefixed attributes
    std::string value;          // references resolved
};

struct Text {
    std::string text;
    bool is_cdata = false;
};

struct Comment {
    std::string text;
};

struct ProcessingInstruction {
    std::string target;
    std::string content;
};

struct Element;
using Node = std::variant<Element, Text, Comment, ProcessingInstruction>;

// An element with everything that stood in it, so that writing it back loses nothing.
struct Element {
    std::string prefix;
    std::string name;  // local name
    std::string namespace_uri;
    std::vector<Attribute> attributes;
    std::vector<Node> children;
    int line = 0;  // of the "<" in the file, from 1
    int column = 0;

    bool is(std::string_view uri, std::string_view local_name) const;
    const std::string* find_attribute(std::string_view local_name) const;  // without namespace
    const std::string* find_attribute(std::string_view uri, std::string_view local_name) const;
    std::string_view attribute_or(std::string_view local_name, std::string_view otherwise = {}) const;
    void set_attribute(std::string_view local_name, std::string value);
    std::vector<const Element*> elements() const;  // children that are elements
    std::vector<const Element*> elements(std::string_view uri, std::string_view local_name) const;
    const Element* find(std::string_view uri, std::string_view local_name) const;  // first such child
    std::string text() const;  // all character data directly below, joined
};

struct Document {
    std::vector<Node> before;  // comments and processing instructions before the root
    Element root;
    std::vector<Node> after;
};

struct Limits {
    std::size_t bytes = 16U << 20U;
    std::size_t depth = 256;
    std::size_t nodes = 500'000;  // elements, attributes, texts, comments, instructions
};

// XML 1.0 with namespaces; UTF-8, UTF-16, ISO-8859-1 or Windows-1252. Any document type declaration is
// refused (no entities, no expansion, nothing is ever loaded). Errors are ErrorKind::invalid, `detail` says
// line and column.
base::Result<Document> parse(std::string_view text, const Limits& limits = {});

// UTF-8. Reading it again gives an equal document (places apart); a comment or an instruction that cannot be
// written throws std::logic_error.
std::string write(const Document& document);

}  // namespace xml
