#include "process/feel/value.hpp"

namespace feel {

namespace {

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char sign : text) {
        switch (sign) {
        case '"': result += "\\\""; break;
        case '\\': result += "\\\\"; break;
        case '\n': result += "\\n"; break;
        case '\r': result += "\\r"; break;
        case '\t': result += "\\t"; break;
        default: result += sign;
        }
    }
    return result + "\"";
}

bool is_plain_name(std::string_view name)
{
    const auto is_letter = [](char sign) {
        return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || sign == '_' ||
               static_cast<unsigned char>(sign) >= 0x80;
    };
    if (name.empty() || !is_letter(name[0]))
        return false;
    for (const char sign : name)
        if (!is_letter(sign) && (sign < '0' || sign > '9') && sign != ' ')
            return false;
    return true;
}

enum class Style { text, feel };

std::string write(const Value& value, Style style);

std::string write_range(const Range& range, Style style)
{
    if (range.form == Range::Form::exclusion)
        return "(!= " + write(range.low, style) + ")";
    if (range.form == Range::Form::comparison) {
        if (range.includes_low && range.includes_high)
            return "(= " + write(range.low, style) + ")";
        if (range.low.is_null())
            return std::string("(<") + (range.includes_high ? "= " : " ") + write(range.high, style) + ")";
        return std::string("(>") + (range.includes_low ? "= " : " ") + write(range.low, style) + ")";
    }
    return (range.includes_low ? "[" : "(") + write(range.low, style) + ".." + write(range.high, style) +
           (range.includes_high ? "]" : ")");
}

std::string write_function(const Function& function)
{
    std::string text = function.name.empty() ? "function" : function.name;
    text += "(";
    for (std::size_t index = 0; index < function.parameters.size(); ++index)
        text += (index > 0 ? ", " : "") + function.parameters[index].name;
    return text + ")";
}

std::string temporal_text(const Value& value)
{
    switch (value.kind()) {
    case Kind::date: return format(*value.if_date());
    case Kind::time: return format(*value.if_time());
    case Kind::date_time: return format(*value.if_date_time());
    case Kind::months_duration: return format(*value.if_months_duration());
    default: return format(*value.if_days_duration());
    }
}

std::string write_list(const List& list, Style style)
{
    std::string text = "[";
    for (const auto& item : list)
        text += (text.size() > 1 ? ", " : "") + write(item, style);
    return text + "]";
}

std::string write_context(const Context& context, Style style)
{
    std::string text = "{";
    for (const auto& [name, entry] : context)
        text += (text.size() > 1 ? ", " : "") + (is_plain_name(name) ? name : quoted(name)) + ": " +
                write(entry, style);
    return text + "}";
}

std::string write(const Value& value, Style style)
{
    switch (value.kind()) {
    case Kind::null: return "null";
    case Kind::boolean: return value.is_true() ? "true" : "false";
    case Kind::number: return value.if_number()->text();
    case Kind::string: return quoted(*value.if_string());
    case Kind::list: return write_list(*value.if_list(), style);
    case Kind::context: return write_context(*value.if_context(), style);
    case Kind::range: return write_range(*value.if_range(), style);
    case Kind::function: return write_function(*value.if_function());
    default: return style == Style::feel ? "@" + quoted(temporal_text(value)) : temporal_text(value);
    }
}

}  // namespace

std::string to_text(const Value& value)
{
    return value.kind() == Kind::string ? *value.if_string() : write(value, Style::text);
}

std::string to_feel(const Value& value)
{
    return write(value, Style::feel);
}

Value from_json(const json::Value& document)
{
    if (const auto* boolean = document.if_bool())
        return *boolean;
    if (const auto* number = document.if_number())
        return Number::parse(number->text);
    if (const auto* text = document.if_string())
        return *text;
    if (const auto* array = document.if_array()) {
        List list;
        list.reserve(array->size());
        for (const auto& item : *array)
            list.push_back(from_json(item));
        return list;
    }
    if (const auto* object = document.if_object()) {
        Context context;
        for (const auto& [name, member] : *object)
            context.set(name, from_json(member));
        return context;
    }
    return nullptr;
}

json::Value to_json(const Value& value)
{
    switch (value.kind()) {
    case Kind::null: return nullptr;
    case Kind::boolean: return value.is_true();
    case Kind::number: return json::Number{value.if_number()->text()};
    case Kind::string: return *value.if_string();
    case Kind::list: {
        json::Array array;
        array.reserve(value.if_list()->size());
        for (const auto& item : *value.if_list())
            array.push_back(to_json(item));
        return array;
    }
    case Kind::context: {
        json::Object object;
        for (const auto& [name, entry] : *value.if_context())
            object[name] = to_json(entry);
        return object;
    }
    default: return to_text(value);
    }
}

}  // namespace feel
