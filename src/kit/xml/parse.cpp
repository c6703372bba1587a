#include "base/text.hpp"
#include "kit/xml/characters.hpp"
#include "kit/xml/cursor.hpp"
#include "kit/xml/namespaces.hpp"
#include "kit/xml/xml.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace xml {

namespace {

constexpr auto nowhere = std::string_view::npos;

// Reads from the front to the back, without recursion: elements whose end has not come wait in `open_`.
// A read_x that returns false has left the reason in `at_.error()`.
class Parser {
public:
    Parser(const Source& source, const Limits& limits)
        : at_(source.text), encoding_(source.encoding), limits_(limits)
    {
    }

    base::Result<Document> parse()
    {
        if (!read_declaration())
            return *at_.error();
        while (!at_.is_at_end())
            if (!(open_.empty() ? read_outside() : read_inside()))
                return *at_.error();
        if (!open_.empty())
            at_.fail("the end of the element " + qualified(open_.back()) + " expected");
        else if (!has_root_)
            at_.fail("an element expected");
        if (at_.error())
            return *at_.error();
        return std::move(document_);
    }

private:
    template <class Named>
    static std::string qualified(const Named& named)
    {
        return named.prefix.empty() ? named.name : named.prefix + ":" + named.name;
    }

    // Section 2.8; says which encoding the file claims.
    bool read_declaration()
    {
        const auto rest = at_.rest();
        if (rest.size() < 6 || !rest.starts_with("<?xml") || !is_space(rest[5]))
            return true;
        at_.skip("<?xml");
        std::string version;
        std::string encoding;
        std::string standalone;
        const auto start = at_.position();
        if (!at_.read_declared("version", version) || !at_.read_declared("encoding", encoding) ||
            !at_.read_declared("standalone", standalone))
            return false;
        at_.skip_space();
        if (!at_.skip("?>") || !version.starts_with("1.") ||
            (!standalone.empty() && standalone != "yes" && standalone != "no"))
            return at_.fail_at(start, "an XML declaration with a version 1.x expected");
        return encoding.empty() || agrees(base::ascii_lower(encoding)) ||
               at_.fail_at(
                   start, "UTF-8, UTF-16, ISO-8859-1 or Windows-1252 expected, declared and used alike"
               );
    }

    bool agrees(std::string_view declared) const
    {
        switch (encoding_) {
        case Encoding::utf_16: return declared.starts_with("utf-16");
        case Encoding::latin_1: return declared == "iso-8859-1";
        case Encoding::windows_1252: return declared == "windows-1252";
        case Encoding::utf_8: break;
        }
        return declared == "utf-8" || declared == "us-ascii";
    }

    bool read_outside()
    {
        if (at_.skip_space())
            return true;
        if (!at_.is_at("<"))
            return at_.fail("no text expected outside the root element");
        if (at_.is_at("<!DOCTYPE"))
            return at_.fail("document type declarations are not accepted");
        if (at_.is_at("<!--") || at_.is_at("<?"))
            return read_remark(has_root_ ? document_.after : document_.before);
        if (has_root_)
            return at_.fail("a second root element");
        has_root_ = true;
        return read_start_tag();
    }

    bool read_inside()
    {
        if (!at_.is_at("<"))
            return read_text();
        if (at_.is_at("</"))
            return read_end_tag();
        if (at_.is_at("<!--") || at_.is_at("<?"))
            return read_remark(open_.back().children);
        if (at_.is_at("<![CDATA["))
            return read_cdata();
        return read_start_tag();
    }

    // A comment (section 2.5) or a processing instruction (section 2.6).
    bool read_remark(std::vector<Node>& list)
    {
        const auto start = at_.position();
        std::string_view content;
        if (!count_node())
            return false;
        if (at_.skip("<!--")) {
            if (!at_.read_until("-->", content))
                return false;
            if (content.find("--") != nowhere || content.ends_with('-'))
                return at_.fail_at(start, "no \"--\" expected inside a comment");
            list.emplace_back(Comment{std::string(content)});
            return true;
        }
        at_.skip("<?");
        ProcessingInstruction instruction;
        if (!at_.read_local_name(instruction.target))
            return false;
        if (base::equals_ignoring_ascii_case(instruction.target, "xml"))
            return at_.fail_at(start, "an XML declaration may stand at the very start only");
        if (!at_.skip_space() && !at_.is_at("?>"))
            return at_.fail("white space or \"?>\" expected");
        if (!at_.read_until("?>", content))
            return false;
        instruction.content = content;
        list.emplace_back(std::move(instruction));
        return true;
    }

    bool read_cdata()
    {
        std::string_view content;
        at_.skip("<![CDATA[");
        if (!count_node() || !at_.read_until("]]>", content))
            return false;
        open_.back().children.emplace_back(Text{std::string(content), /*is_cdata=*/true});
        return true;
    }

    bool read_text()
    {
        const auto start = at_.position();
        const auto raw = at_.take_until('<');
        if (const auto end = raw.find("]]>"); end != nowhere)
            return at_.fail_at(start + end, "no \"]]>\" expected in text");
        Text text;
        if (!count_node() || !at_.resolve(start, raw, text.text))
            return false;
        open_.back().children.emplace_back(std::move(text));
        return true;
    }

    bool read_start_tag()
    {
        const auto start = at_.position();
        Element element;
        std::tie(element.line, element.column) = at_.place();
        at_.skip("<");
        if (!count_node() || !at_.read_name(element.prefix, element.name) || !read_attributes(element))
            return false;
        const bool is_empty = at_.skip("/");
        if (!at_.skip(">"))
            return at_.fail("an attribute, \">\" or \"/>\" expected");
        if (open_.size() >= limits_.depth)
            return at_.fail_at(
                start, "at most " + std::to_string(limits_.depth) + " elements inside each other expected"
            );
        if (const auto entered = namespaces_.enter(element); !entered)
            return at_.fail_at(start, entered.error().detail);
        open_.push_back(std::move(element));
        if (is_empty)
            close();
        return true;
    }

    bool read_attributes(Element& element)
    {
        while (at_.skip_space() && !at_.is_at("/") && !at_.is_at(">")) {
            Attribute attribute;
            std::string_view raw;
            if (!count_node() || !at_.read_name(attribute.prefix, attribute.name) || !at_.read_equals() ||
                !at_.read_quoted(raw))
                return false;
            const auto offset = at_.position() - 1 - raw.size();
            if (const auto tag = raw.find('<'); tag != nowhere)
                return at_.fail_at(offset + tag, "no \"<\" expected in an attribute");
            std::string value(raw);
            std::replace_if(value.begin(), value.end(), is_space, ' ');  // section 3.3.3
            if (!at_.resolve(offset, value, attribute.value))
                return false;
            element.attributes.push_back(std::move(attribute));
        }
        return true;
    }

    bool read_end_tag()
    {
        const auto start = at_.position();
        at_.skip("</");
        Element end;
        if (!at_.read_name(end.prefix, end.name))
            return false;
        at_.skip_space();
        if (!at_.skip(">"))
            return at_.fail("\">\" expected");
        if (qualified(end) != qualified(open_.back()))
            return at_.fail_at(start, "</" + qualified(open_.back()) + "> expected");
        close();
        return true;
    }

    void close()
    {
        namespaces_.leave(open_.back());
        Element element = std::move(open_.back());
        open_.pop_back();
        if (open_.empty())
            document_.root = std::move(element);
        else
            open_.back().children.emplace_back(std::move(element));
    }

    bool count_node()
    {
        return ++nodes_ <= limits_.nodes ||
               at_.fail(
                   "at most " + std::to_string(limits_.nodes) + " elements, attributes and texts expected"
               );
    }

    Cursor at_;
    Encoding encoding_;
    Limits limits_;
    std::size_t nodes_ = 0;
    Namespaces namespaces_;
    std::vector<Element> open_;
    Document document_;
    bool has_root_ = false;
};

}  // namespace

base::Result<Document> parse(std::string_view text, const Limits& limits)
{
    if (text.size() > limits.bytes)
        return base::fail(
            base::ErrorKind::invalid,
            "xml.malformed",
            "at most " + std::to_string(limits.bytes) + " bytes expected"
        );
    const auto source = read_source(text);
    if (!source)
        return source.error();
    return Parser(*source, limits).parse();
}

}  // namespace xml
