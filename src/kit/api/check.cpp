#include "base/date.hpp"
#include "base/text.hpp"
#include "kit/api/instant.hpp"
#include "kit/api/schema.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace api {

namespace {

constexpr std::size_t most_faults =
    100;  // a list of a million wrong items is no answer of a million sentences

// One member's name as a part of a JSON pointer.
std::string escaped(std::string_view name)
{
    std::string text;
    for (const char letter : name) {
        if (letter == '~')
            text += "~0";
        else if (letter == '/')
            text += "~1";
        else
            text += letter;
    }
    return text;
}

bool has_format(std::string_view text, std::string_view format)
{
    static const Pattern email(R"([^@\s]+@[^@\s]+\.[^@\s.]+)");
    static const Pattern uri(R"([A-Za-z][A-Za-z0-9+.-]*:\S+)");
    if (format == "date")
        return base::parse_date(text).has_value();
    if (format == "date-time")
        return parse_instant(text).has_value();
    if (format == "email")
        return email.fits(text);
    return format != "uri" || uri.fits(text);
}

// The rule that a value of another kind breaks.
std::string_view kind_rule(Schema::Kind kind)
{
    switch (kind) {
    case Schema::Kind::text: return "not_text";
    case Schema::Kind::integer: return "not_integer";
    case Schema::Kind::number: return "not_number";
    case Schema::Kind::boolean: return "not_boolean";
    case Schema::Kind::list: return "not_list";
    default: return "not_object";
    }
}

class Checker {
public:
    explicit Checker(const Schemas& named) : named_(named) {}

    void check(const json::Value& value, const Schema& schema, const std::string& pointer)
    {
        if (value.is_null() && schema.may_be_null)
            return;
        switch (schema.kind) {
        case Schema::Kind::anything: return;
        case Schema::Kind::reference: return check(value, meant(schema), pointer);
        case Schema::Kind::text: return check_text(value, schema, pointer);
        case Schema::Kind::integer:
        case Schema::Kind::number: return check_number(value, schema, pointer);
        case Schema::Kind::boolean:
            if (value.if_bool() == nullptr)
                note(pointer, kind_rule(schema.kind));
            return;
        case Schema::Kind::list: return check_list(value, schema, pointer);
        case Schema::Kind::object: return check_object(value, schema, pointer);
        }
    }

    std::vector<Fault> faults;

private:
    void note(
        const std::string& pointer,
        std::string_view rule,
        std::vector<std::pair<std::string, std::string>> arguments = {}
    )
    {
        if (faults.size() < most_faults)
            faults.push_back({pointer, std::string(rule), std::move(arguments)});
    }

    const Schema& meant(const Schema& schema) const
    {
        const auto found = named_.find(schema.name);
        if (found == named_.end())
            throw std::logic_error("no schema is called " + schema.name);
        return found->second;
    }

    void check_bounds(
        std::int64_t measure,
        const Schema& schema,
        const std::string& pointer,
        std::string_view below,
        std::string_view above
    )
    {
        if (schema.least && measure < *schema.least)
            note(pointer, below, {{"least", std::to_string(*schema.least)}});
        if (schema.most && measure > *schema.most)
            note(pointer, above, {{"most", std::to_string(*schema.most)}});
    }

    void check_text(const json::Value& value, const Schema& schema, const std::string& pointer)
    {
        const auto* text = value.if_string();
        if (text == nullptr)
            return note(pointer, kind_rule(schema.kind));
        const auto length = static_cast<std::int64_t>(base::count_code_points(*text));
        check_bounds(length, schema, pointer, "too_short", "too_long");
        if (base::has_control_characters(*text))
            note(pointer, "characters");
        if (!schema.words.empty() && std::ranges::find(schema.words, *text) == schema.words.end())
            note(pointer, "not_one_of", {{"words", base::join(schema.words, ", ")}});
        if (schema.pattern && !schema.pattern->fits(*text))
            note(pointer, "pattern", {{"pattern", schema.pattern->expression()}});
        if (!schema.format.empty() && !has_format(*text, schema.format))
            note(pointer, "format_" + schema.format);
    }

    void check_number(const json::Value& value, const Schema& schema, const std::string& pointer)
    {
        const auto whole = value.integer();
        if (value.if_number() == nullptr || (schema.kind == Schema::Kind::integer && !whole))
            return note(pointer, kind_rule(schema.kind));
        if (whole)
            check_bounds(*whole, schema, pointer, "too_small", "too_large");
    }

    void check_list(const json::Value& value, const Schema& schema, const std::string& pointer)
    {
        const auto* list = value.if_array();
        if (list == nullptr)
            return note(pointer, kind_rule(schema.kind));
        check_bounds(static_cast<std::int64_t>(list->size()), schema, pointer, "too_few", "too_many");
        for (std::size_t index = 0; index < list->size() && faults.size() < most_faults; ++index)
            check((*list)[index], schema.item.front(), pointer + "/" + std::to_string(index));
    }

    void check_object(const json::Value& value, const Schema& schema, const std::string& pointer)
    {
        const auto* found = value.if_object();
        if (found == nullptr)
            return note(pointer, kind_rule(schema.kind));
        for (const auto& member : schema.members)
            if (member.is_required && found->find(member.name) == nullptr)
                note(pointer + "/" + escaped(member.name), "required");
        for (const auto& [name, inner] : *found) {
            const auto place = pointer + "/" + escaped(name);
            const auto member = std::ranges::find(schema.members, name, &Member::name);
            if (member != schema.members.end())
                check(inner, member->schema, place);
            else if (!schema.others.empty())
                check(inner, schema.others.front(), place);
            else
                note(place, "unknown_member");
        }
    }

    const Schemas& named_;
};

}  // namespace

std::vector<Fault> check(const json::Value& value, const Schema& schema, const Schemas& named)
{
    Checker checker(named);
    checker.check(value, schema, {});
    return std::move(checker.faults);
}

}  // namespace api
