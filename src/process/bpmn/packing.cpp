#include "process/bpmn/packing.hpp"

namespace bpmn {

namespace {

// What a value is, in the bytes. The numbers are stored for ever: new ones go at the end.
enum Mark : std::uint8_t {
    mark_null,
    mark_false,
    mark_true,
    mark_integer,
    mark_number,
    mark_string,
    mark_date,
    mark_time,
    mark_date_time,
    mark_months_duration,
    mark_days_duration,
    mark_list,
    mark_context,
    mark_aside,
};

template <class T>
feel::Value required(const std::optional<T>& parsed)
{
    if (!parsed)
        throw Malformed("a value that cannot be read");
    return feel::Value(*parsed);
}

}  // namespace

void Packer::number(std::uint64_t number)
{
    while (number >= 0x80) {
        bytes_.push_back(static_cast<char>(number | 0x80));
        number >>= 7;
    }
    bytes_.push_back(static_cast<char>(number));
}

// Zigzag: 0, -1, 1, -2 become 0, 1, 2, 3.
void Packer::signed_number(std::int64_t value)
{
    number((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
}

void Packer::text(std::string_view text)
{
    number(text.size());
    bytes_ += text;
}

void Packer::value(const feel::Value& value)
{
    const auto marked = [&](Mark mark, std::string_view written) {
        number(mark);
        text(written);
    };
    switch (value.kind()) {
    case feel::Kind::boolean: return number(value.is_true() ? mark_true : mark_false);
    case feel::Kind::number: {
        const auto decimal = *value.if_number();
        const auto integer = decimal.integer();
        // 25.00 is a whole number too, but would come back as 25.
        if (!integer || feel::Number(*integer).text() != decimal.text())
            return marked(mark_number, decimal.text());
        number(mark_integer);
        return signed_number(*integer);
    }
    case feel::Kind::string: return marked(mark_string, *value.if_string());
    case feel::Kind::date: return marked(mark_date, feel::format(*value.if_date()));
    case feel::Kind::time: return marked(mark_time, feel::format(*value.if_time()));
    case feel::Kind::date_time: return marked(mark_date_time, feel::format(*value.if_date_time()));
    case feel::Kind::months_duration:
        return marked(mark_months_duration, feel::format(*value.if_months_duration()));
    case feel::Kind::days_duration:
        return marked(mark_days_duration, feel::format(*value.if_days_duration()));
    case feel::Kind::list:
        number(mark_list);
        number(value.if_list()->size());
        for (const feel::Value& item : *value.if_list())
            this->value(item);
        return;
    case feel::Kind::context: number(mark_context); return context(*value.if_context());
    // Ranges and functions do not outlive a step.
    default: return number(mark_null);
    }
}

void Packer::context(const feel::Context& context)
{
    number(context.size());
    for (const auto& [name, entry] : context) {
        text(name);
        value(entry);
    }
}

void Packer::variables(const feel::Context& context)
{
    number(context.size());
    for (const auto& [name, entry] : context) {
        text(name);
        large_value(entry);
    }
}

void Packer::large_value(const feel::Value& value)
{
    const auto before = bytes_.size();
    this->value(value);
    if (aside_ == nullptr || bytes_.size() - before <= aside_->above)
        return;
    std::string written = bytes_.substr(before);
    bytes_.resize(before);
    const auto name = aside_->name(written);
    number(mark_aside);
    text(name);
    aside_->values.emplace(name, std::move(written));
}

std::uint64_t Unpacker::number()
{
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (bytes_.empty())
            throw Malformed("the bytes end too early");
        const auto byte = static_cast<std::uint8_t>(bytes_.front());
        bytes_.remove_prefix(1);
        number |= std::uint64_t{byte & 0x7FU} << shift;
        if (byte < 0x80)
            return number;
    }
    throw Malformed("a number is too long");
}

std::uint32_t Unpacker::small_number()
{
    const auto wide = number();
    if (wide > 0xFFFFFFFF)
        throw Malformed("a number is too large");
    return static_cast<std::uint32_t>(wide);
}

std::int64_t Unpacker::signed_number()
{
    const auto zigzag = number();
    return static_cast<std::int64_t>(zigzag >> 1) ^ -static_cast<std::int64_t>(zigzag & 1);
}

std::string Unpacker::text()
{
    const auto size = number();
    if (size > bytes_.size())
        throw Malformed("a text is longer than the bytes");
    std::string text(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return text;
}

feel::Value Unpacker::value(int depth)
{
    if (depth > static_cast<int>(feel::Value::deepest) - 2)
        throw Malformed("a value is too deep");
    switch (number()) {
    case mark_null: return {};
    case mark_false: return feel::Value(false);
    case mark_true: return feel::Value(true);
    case mark_integer: return feel::Value(signed_number());
    case mark_number: return required(feel::Number::parse(text()));
    case mark_string: return feel::Value(text());
    case mark_date: return required(feel::parse_date(text()));
    case mark_time: return required(feel::parse_time(text()));
    case mark_date_time: return required(feel::parse_date_time(text()));
    case mark_months_duration: return required(feel::parse_months_duration(text()));
    case mark_days_duration: return required(feel::parse_days_duration(text()));
    case mark_list: {
        feel::List list;
        for (auto left = number(); left > 0; --left)
            list.push_back(value(depth + 1));
        return feel::Value(std::move(list));
    }
    case mark_context: return feel::Value(context(depth + 1));
    case mark_aside: return value_aside(text(), depth);
    default: throw Malformed("an unknown kind of value");
    }
}

feel::Value Unpacker::value_aside(const std::string& name, int depth) const
{
    const auto written = fetch_ && *fetch_ ? (*fetch_)(name) : std::nullopt;
    if (!written)
        throw Malformed("a value that was put aside is missing");
    // What lies aside is written whole.
    Unpacker unpacker(*written);
    auto value = unpacker.value(depth);
    if (!unpacker.is_at_end())
        throw Malformed("something follows a value that was put aside");
    return value;
}

feel::Context Unpacker::context(int depth)
{
    feel::Context context;
    for (auto left = number(); left > 0; --left) {
        const std::string name = text();
        context.set(name, value(depth + 1));
    }
    return context;
}

}  // namespace bpmn
