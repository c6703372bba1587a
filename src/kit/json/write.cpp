#include "kit/json/json.hpp"

namespace json {

namespace {

// One value after the other into one string.
class Writer {
public:
    explicit Writer(bool pretty) : pretty_(pretty) {}

    std::string take() { return std::move(out_); }

    void write(const Value& value)
    {
        if (const auto* boolean = value.if_bool())
            out_ += *boolean ? "true" : "false";
        else if (const auto* number = value.if_number())
            out_ += number->text;
        else if (const auto* string = value.if_string())
            write_string(*string);
        else if (const auto* array = value.if_array())
            write_list('[', *array, ']', [this](const Value& item) { write(item); });
        else if (const auto* object = value.if_object())
            write_list('{', *object, '}', [this](const Object::Member& member) {
                write_string(member.first);
                out_ += pretty_ ? ": " : ":";
                write(member.second);
            });
        else
            out_ += "null";
    }

private:
    template <class List, class WriteItem>
    void write_list(char begin, const List& list, char end, WriteItem write_item)
    {
        out_ += begin;
        ++depth_;
        bool first = true;
        for (const auto& item : list) {
            if (!first)
                out_ += ',';
            first = false;
            start_line();
            write_item(item);
        }
        --depth_;
        if (!first)
            start_line();
        out_ += end;
    }

    void start_line()
    {
        if (!pretty_)
            return;
        out_ += '\n';
        out_.append(2 * depth_, ' ');
    }

    void write_string(std::string_view text)
    {
        out_ += '"';
        for (const char letter : text)
            write_letter(letter);
        out_ += '"';
    }

    // RFC 8259 section 7: what must be escaped is; everything else stays as it is.
    void write_letter(char letter)
    {
        constexpr std::string_view digits = "0123456789abcdef";
        switch (letter) {
        case '"': out_ += "\\\""; break;
        case '\\': out_ += "\\\\"; break;
        case '\b': out_ += "\\b"; break;
        case '\f': out_ += "\\f"; break;
        case '\n': out_ += "\\n"; break;
        case '\r': out_ += "\\r"; break;
        case '\t': out_ += "\\t"; break;
        default:
            if (const auto code = static_cast<unsigned char>(letter); code < 0x20) {
                out_ += "\\u00";
                out_ += digits[code >> 4U];
                out_ += digits[code & 0xFU];
            } else {
                out_ += letter;
            }
        }
    }

    std::string out_;
    std::size_t depth_ = 0;
    bool pretty_;
};

}  // namespace

std::string write(const Value& value)
{
    Writer writer(/*pretty=*/false);
    writer.write(value);
    return writer.take();
}

std::string write_pretty(const Value& value)
{
    Writer writer(/*pretty=*/true);
    writer.write(value);
    return writer.take() + "\n";
}

}  // namespace json
