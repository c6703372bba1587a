#include "base/text.hpp"
#include "kit/xml/characters.hpp"
#include "kit/xml/namespaces.hpp"
#include "kit/xml/xml.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace xml {

namespace {

constexpr auto nowhere = std::string_view::npos;

// Reads from the front to the back, without recursion: elements whose end has not come wait in `open_`.
// A read_x that returns false has set `error_`.
class Parser {
public:
    Parser(const Source& source, const Limits& limits)
        : text_(source.text), was_utf16_(source.was_utf16), limits_(limits)
    {
    }

    base::Result<Document> parse()
    {
        if (!read_declaration())
            return *error_;
        while (position_ < text_.size())
            if (!(open_.empty() ? read_outside() : read_inside()))
                return *error_;
        if (!open_.empty())
            fail("the end of the element " + qualified(open_.back()) + " expected");
        else if (!has_root_)
            fail("an element expected");
        if (error_)
            return *error_;
        return std::move(document_);
    }

private:
    bool fail(std::string expected) { return fail_at(position_, std::move(expected)); }

    bool fail_at(std::size_t offset, std::string expected)
    {
        error_ = base::fail(
            base::ErrorKind::invalid, "xml.malformed", place_of(text_, offset) + ": " + std::move(expected)
        );
        return false;
    }

    std::string_view rest() const { return text_.substr(position_); }

    bool skip(std::string_view expected)
    {
        if (!rest().starts_with(expected))
            return false;
        position_ += expected.size();
        return true;
    }

    bool skip_space()
    {
        const auto start = position_;
        while (position_ < text_.size() && is_space(text_[position_]))
            ++position_;
        return position_ > start;
    }

    // Everything up to `end`, which is passed over.
    bool read_until(std::string_view end, std::string_view& content)
    {
        const auto at = text_.find(end, position_);
        if (at == nowhere)
            return fail("\"" + std::string(end) + "\" expected somewhere after");
        content = text_.substr(position_, at - position_);
        position_ = at + end.size();
        return true;
    }

    bool read_local_name(std::string& name)
    {
        const auto length = length_of_name(rest());
        if (length == 0)
            return fail("a name expected");
        name = rest().substr(0, length);
        position_ += length;
        return true;
    }

    bool read_name(std::string& prefix, std::string& name)
    {
        if (!read_local_name(name))
            return false;
        if (!skip(":"))
            return true;
        prefix = std::move(name);
        return read_local_name(name);
    }

    template <class Named>
    static std::string qualified(const Named& named)
    {
        return named.prefix.empty() ? named.name : named.prefix + ":" + named.name;
    }

    // Section 2.8; says which encoding the file claims.
    bool read_declaration()
    {
        if (!rest().starts_with("<?xml") || rest().size() < 6 || !is_space(rest()[5]))
            return true;
        position_ += 5;
        std::string version;
        std::string encoding;
        std::string standalone;
        const auto start = position_;
        if (!read_pseudo_attribute("version", version) || !read_pseudo_attribute("encoding", encoding) ||
            !read_pseudo_attribute("standalone", standalone))
            return false;
        skip_space();
        if (!skip("?>") || !version.starts_with("1.") ||
            (!standalone.empty() && standalone != "yes" && standalone != "no"))
            return fail_at(start, "an XML declaration with a version 1.x expected");
        encoding = base::ascii_lower(encoding);
        const bool is_right =
            encoding.empty() ||
            (was_utf16_ ? encoding.starts_with("utf-16") : encoding == "utf-8" || encoding == "us-ascii");
        return is_right || fail_at(start, "UTF-8 or UTF-16 expected, declared and used alike");
    }

    // Leaves `value` empty when the attribute is not there.
    bool read_pseudo_attribute(std::string_view name, std::string& value)
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

    bool read_equals()
    {
        skip_space();
        if (!skip("="))
            return fail("\"=\" expected");
        skip_space();
        return true;
    }

    bool read_quoted(std::string_view& content)
    {
        if (skip("\""))
            return read_until("\"", content);
        if (skip("'"))
            return read_until("'", content);
        return fail("a value in quotes expected");
    }

    bool read_outside()
    {
        if (skip_space())
            return true;
        if (!rest().starts_with("<"))
            return fail("no text expected outside the root element");
        if (rest().starts_with("<!DOCTYPE"))
            return fail("document type declarations are not accepted");
        if (rest().starts_with("<!--") || rest().starts_with("<?"))
            return read_remark(has_root_ ? document_.after : document_.before);
        if (has_root_)
            return fail("a second root element");
        has_root_ = true;
        return read_start_tag();
    }

    bool read_inside()
    {
        if (!rest().starts_with("<"))
            return read_text();
        if (rest().starts_with("</"))
            return read_end_tag();
        if (rest().starts_with("<!--") || rest().starts_with("<?"))
            return read_remark(open_.back().children);
        if (rest().starts_with("<![CDATA["))
            return read_cdata();
        return read_start_tag();
    }

    // A comment (section 2.5) or a processing instruction (section 2.6).
    bool read_remark(std::vector<Node>& list)
    {
        const auto start = position_;
        std::string_view content;
        if (!count_node())
            return false;
        if (skip("<!--")) {
            if (!read_until("-->", content))
                return false;
            if (content.find("--") != nowhere || content.ends_with('-'))
                return fail_at(start, "no \"--\" expected inside a comment");
            list.emplace_back(Comment{std::string(content)});
            return true;
        }
        position_ += 2;
        ProcessingInstruction instruction;
        if (!read_local_name(instruction.target))
            return false;
        if (base::equals_ignoring_ascii_case(instruction.target, "xml"))
            return fail_at(start, "an XML declaration may stand at the very start only");
        if (!skip_space() && !rest().starts_with("?>"))
            return fail("white space or \"?>\" expected");
        if (!read_until("?>", content))
            return false;
        instruction.content = content;
        list.emplace_back(std::move(instruction));
        return true;
    }

    bool read_cdata()
    {
        std::string_view content;
        position_ += std::string_view("<![CDATA[").size();
        if (!count_node() || !read_until("]]>", content))
            return false;
        open_.back().children.emplace_back(Text{std::string(content), /*is_cdata=*/true});
        return true;
    }

    bool read_text()
    {
        const auto end = std::min(text_.find('<', position_), text_.size());
        const auto raw = text_.substr(position_, end - position_);
        if (const auto at = raw.find("]]>"); at != nowhere)
            return fail_at(position_ + at, "no \"]]>\" expected in text");
        Text text;
        if (!count_node() || !resolve(position_, raw, text.text))
            return false;
        open_.back().children.emplace_back(std::move(text));
        position_ = end;
        return true;
    }

    // Appends `raw`, which stands at `offset`, with its references resolved (section 4.1).
    bool resolve(std::size_t offset, std::string_view raw, std::string& value)
    {
        std::size_t at = 0;
        while (at < raw.size()) {
            const auto next = std::min(raw.find('&', at), raw.size());
            value += raw.substr(at, next - at);
            at = next;
            if (at == raw.size())
                break;
            const auto end = raw.find(';', at);
            if (end == nowhere || !append_reference(raw.substr(at + 1, end - at - 1), value))
                return fail_at(
                    offset + at, "a character reference or &lt; &gt; &amp; &quot; &apos; expected"
                );
            at = end + 1;
        }
        return true;
    }

    static bool append_reference(std::string_view reference, std::string& value)
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

    bool read_start_tag()
    {
        const auto start = position_;
        Element element;
        note_place(element);
        ++position_;
        if (!count_node() || !read_name(element.prefix, element.name) || !read_attributes(element))
            return false;
        const bool is_empty = skip("/");
        if (!skip(">"))
            return fail("an attribute, \">\" or \"/>\" expected");
        if (open_.size() >= limits_.depth)
            return fail_at(
                start, "at most " + std::to_string(limits_.depth) + " elements inside each other expected"
            );
        if (const auto entered = namespaces_.enter(element); !entered)
            return fail_at(start, entered.error().detail);
        open_.push_back(std::move(element));
        if (is_empty)
            close();
        return true;
    }

    bool read_attributes(Element& element)
    {
        while (skip_space() && !rest().starts_with("/") && !rest().starts_with(">")) {
            Attribute attribute;
            std::string_view raw;
            if (!count_node() || !read_name(attribute.prefix, attribute.name) || !read_equals() ||
                !read_quoted(raw))
                return false;
            const auto offset = static_cast<std::size_t>(raw.data() - text_.data());
            if (const auto at = raw.find('<'); at != nowhere)
                return fail_at(offset + at, "no \"<\" expected in an attribute");
            std::string value(raw);
            std::replace_if(value.begin(), value.end(), is_space, ' ');  // section 3.3.3
            if (!resolve(offset, value, attribute.value))
                return false;
            element.attributes.push_back(std::move(attribute));
        }
        return true;
    }

    bool read_end_tag()
    {
        const auto start = position_;
        position_ += 2;
        Element end;
        if (!read_name(end.prefix, end.name))
            return false;
        skip_space();
        if (!skip(">"))
            return fail("\">\" expected");
        if (qualified(end) != qualified(open_.back()))
            return fail_at(start, "</" + qualified(open_.back()) + "> expected");
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
               fail("at most " + std::to_string(limits_.nodes) + " elements, attributes and texts expected");
    }

    // Line and column, counted on from the last element.
    void note_place(Element& element)
    {
        for (; counted_ < position_; ++counted_) {
            if (text_[counted_] == '\n') {
                ++line_;
                column_ = 1;
            } else if ((static_cast<unsigned char>(text_[counted_]) & 0xC0U) != 0x80) {
                ++column_;
            }
        }
        element.line = line_;
        element.column = column_;
    }

    std::string_view text_;
    bool was_utf16_;
    Limits limits_;
    std::size_t position_ = 0;
    std::size_t nodes_ = 0;
    std::size_t counted_ = 0;
    int line_ = 1;
    int column_ = 1;
    Namespaces namespaces_;
    std::vector<Element> open_;
    Document document_;
    bool has_root_ = false;
    std::optional<base::Error> error_;
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
