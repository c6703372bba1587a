#include "platform/catalog/field_reader.hpp"

#include "base/text.hpp"
#include "platform/catalog/normal_form.hpp"

#include <algorithm>
#include <charconv>

namespace catalog {

namespace {

constexpr int longest_life_years = 130;

// eCH-0010.
constexpr std::size_t longest_street = 60;
constexpr std::size_t longest_house_number = 12;
constexpr std::size_t longest_town = 40;

std::string_view typed_in(const http::Fields& fields, const std::string& field)
{
    return http::find_field(fields, field).value_or("");
}

ReadAnswer broken(std::string field, std::string_view rule)
{
    ReadAnswer read;
    read.broken.push_back({std::move(field), rule});
    return read;
}

ReadAnswer nothing_typed(const Question& question)
{
    if (question.is_required)
        return broken(fields_of(question).front(), "required");
    return {};
}

ReadAnswer kept(const Question& question, const Normal& normal)
{
    if (!normal.broken_rule.empty())
        return broken(question.key, normal.broken_rule);
    ReadAnswer read;
    read.answers[question.key] = normal.value;
    return read;
}

ReadAnswer read_number(const Question& question, std::string_view typed)
{
    typed = base::trim(typed);
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
    if (error != std::errc() || stop != typed.data() + typed.size())
        return broken(question.key, "format");
    if (question.minimum && number < *question.minimum)
        return broken(question.key, "minimum");
    if (question.maximum && number > *question.maximum)
        return broken(question.key, "maximum");
    ReadAnswer read;
    read.answers[question.key] = number;
    return read;
}

ReadAnswer read_money(const Question& question, std::string_view typed)
{
    const auto normal = normal_money(typed);
    if (!normal.broken_rule.empty())
        return broken(question.key, normal.broken_rule);
    return read_number(question, normal.value);
}

ReadAnswer read_choices(const Question& question, const http::Fields& fields)
{
    json::Array chosen;
    for (const auto& option : question.options) {
        const bool is_chosen = std::ranges::any_of(fields, [&](const auto& field) {
            return field.first == question.key && field.second == option.value;
        });
        if (is_chosen)
            chosen.emplace_back(option.value);
    }
    const bool has_other = std::ranges::any_of(fields, [&](const auto& field) {
        return field.first == question.key && !field.second.empty() &&
               std::ranges::find(question.options, field.second, &Option::value) == question.options.end();
    });
    if (has_other)
        return broken(question.key, "no_such_option");
    if (chosen.empty())
        return nothing_typed(question);
    ReadAnswer read;
    read.answers[question.key] = std::move(chosen);
    return read;
}

ReadAnswer read_choice(const Question& question, std::string_view typed)
{
    if (std::ranges::find(question.options, typed, &Option::value) == question.options.end())
        return broken(question.key, "no_such_option");
    ReadAnswer read;
    read.answers[question.key] = typed;
    return read;
}

ReadAnswer read_yes_or_no(const Question& question, std::string_view typed)
{
    if (typed != "yes" && typed != "no")
        return broken(question.key, "no_such_option");
    ReadAnswer read;
    read.answers[question.key] = typed == "yes";
    return read;
}

// The field that people have to look at first.
std::string first_empty(const std::vector<std::string>& names, const http::Fields& fields)
{
    const auto found = std::ranges::find_if(names, [&](const std::string& name) {
        return base::trim(typed_in(fields, name)).empty();
    });
    return found == names.end() ? names.front() : *found;
}

ReadAnswer read_date(const Question& question, const http::Fields& fields, const base::Date& today)
{
    const auto names = fields_of(question);
    const auto normal =
        normal_date(typed_in(fields, names[0]), typed_in(fields, names[1]), typed_in(fields, names[2]));
    if (normal.broken_rule == "required")
        return nothing_typed(question);
    if (normal.broken_rule == "incomplete")
        return broken(first_empty(names, fields), "incomplete");
    if (!normal.broken_rule.empty())
        return broken(names.front(), normal.broken_rule);

    const auto date = base::parse_date(normal.value);
    if (question.is_past && *date > today)
        return broken(names.back(), "not_past");
    if (question.is_past && *date < today - std::chrono::years(longest_life_years))
        return broken(names.back(), "too_long_ago");
    if (question.is_future && *date < today)
        return broken(names.back(), "not_future");
    if (question.minimum_age > 0 && *date > today - std::chrono::years(question.minimum_age))
        return broken(names.back(), "too_young");
    ReadAnswer read;
    read.answers[question.key] = normal.value;
    return read;
}

// One part of an address: adds the answer or the broken rule.
void read_line(
    ReadAnswer& read,
    const std::string& field,
    std::string_view typed,
    std::size_t longest,
    std::string_view too_long
)
{
    const auto normal = normal_line(typed, longest);
    if (normal.broken_rule == "too_long")
        read.broken.push_back({field, too_long});
    else if (!normal.broken_rule.empty())
        read.broken.push_back({field, "characters"});
    else if (!normal.value.empty())
        read.answers[field] = normal.value;
}

ReadAnswer read_address(const Question& question, const http::Fields& fields)
{
    const auto names = fields_of(question);
    const bool is_empty = std::ranges::all_of(names, [&](const std::string& name) {
        return base::trim(typed_in(fields, name)).empty();
    });
    if (is_empty && !question.is_required)
        return {};

    ReadAnswer read;
    read_line(read, names[0], typed_in(fields, names[0]), longest_street, "street_too_long");
    if (base::trim(typed_in(fields, names[0])).empty())
        read.broken.push_back({names[0], "street_required"});
    read_line(read, names[1], typed_in(fields, names[1]), longest_house_number, "house_number_too_long");
    const auto postal_code = normal_postal_code(typed_in(fields, names[2]));
    if (base::trim(typed_in(fields, names[2])).empty())
        read.broken.push_back({names[2], "postal_code_required"});
    else if (!postal_code.broken_rule.empty())
        read.broken.push_back({names[2], "postal_code_format"});
    else
        read.answers[names[2]] = postal_code.value;
    read_line(read, names[3], typed_in(fields, names[3]), longest_town, "town_too_long");
    if (base::trim(typed_in(fields, names[3])).empty())
        read.broken.push_back({names[3], "town_required"});
    return read;
}

}  // namespace

ReadAnswer read_answer(const Question& question, const http::Fields& fields, const base::Date& today)
{
    if (question.type == QuestionType::info)
        return {};
    if (question.type == QuestionType::date)
        return read_date(question, fields, today);
    if (question.type == QuestionType::address)
        return read_address(question, fields);
    if (question.type == QuestionType::checkboxes)
        return read_choices(question, fields);

    const auto typed = typed_in(fields, question.key);
    if (base::trim(typed).empty())
        return nothing_typed(question);
    switch (question.type) {
    case QuestionType::text:
    case QuestionType::municipality: return kept(question, normal_line(typed, question.max_length));
    case QuestionType::longtext: return kept(question, normal_lines(typed, question.max_length));
    case QuestionType::email: return kept(question, normal_email(typed, question.max_length));
    case QuestionType::phone: return kept(question, normal_phone(typed));
    case QuestionType::ahv: return kept(question, normal_ahv(typed));
    case QuestionType::iban: return kept(question, normal_iban(typed));
    case QuestionType::uid: return kept(question, normal_uid(typed));
    case QuestionType::time: return kept(question, normal_time(typed));
    case QuestionType::postal_code: return kept(question, normal_postal_code(typed));
    case QuestionType::money: return read_money(question, typed);
    case QuestionType::number: return read_number(question, typed);
    case QuestionType::radio:
    case QuestionType::select: return read_choice(question, typed);
    case QuestionType::yesno: return read_yes_or_no(question, typed);
    default: break;
    }
    ReadAnswer declared;
    declared.answers[question.key] = true;
    return declared;
}

void note_reading(
    const Question& question, const http::Fields& fields, const ReadAnswer& read, Checked& checked
)
{
    for (const auto& name : fields_of(question)) {
        for (const auto& [field, typed] : fields) {
            if (field == name)
                checked.typed.emplace_back(name, base::is_valid_utf8(typed) ? typed : std::string());
            if (field == name && question.type != QuestionType::checkboxes)
                break;
        }
    }
    for (const auto& broken : read.broken)
        checked.errors.push_back(
            {broken.field, question.key, std::string(broken.rule), question.errors.find(broken.rule)->second}
        );
}

}  // namespace catalog
