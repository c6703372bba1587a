#include "platform/catalog/question.hpp"

#include <algorithm>
#include <utility>

namespace catalog {

namespace {

constexpr std::pair<QuestionType, std::string_view> type_names[] = {
    {QuestionType::text, "text"},
    {QuestionType::longtext, "longtext"},
    {QuestionType::email, "email"},
    {QuestionType::phone, "phone"},
    {QuestionType::date, "date"},
    {QuestionType::time, "time"},
    {QuestionType::ahv, "ahv"},
    {QuestionType::iban, "iban"},
    {QuestionType::uid, "uid"},
    {QuestionType::address, "address"},
    {QuestionType::postal_code, "postal_code"},
    {QuestionType::municipality, "municipality"},
    {QuestionType::radio, "radio"},
    {QuestionType::select, "select"},
    {QuestionType::checkboxes, "checkboxes"},
    {QuestionType::number, "number"},
    {QuestionType::money, "money"},
    {QuestionType::yesno, "yesno"},
    {QuestionType::declaration, "declaration"},
    {QuestionType::info, "info"},
};

using Rules = std::vector<std::string_view>;

Rules rules_of_date(const Question& question)
{
    Rules rules{"incomplete", "format", "no_such_day"};
    if (question.is_past)
        rules.insert(rules.end(), {"not_past", "too_long_ago"});
    if (question.is_future)
        rules.emplace_back("not_future");
    if (question.minimum_age > 0)
        rules.emplace_back("too_young");
    return rules;
}

Rules own_rules_of(const Question& question)
{
    switch (question.type) {
    case QuestionType::text:
    case QuestionType::longtext:
    case QuestionType::municipality: return {"too_long", "characters"};
    case QuestionType::email: return {"too_long", "format"};
    case QuestionType::phone:
    case QuestionType::time:
    case QuestionType::postal_code:
    case QuestionType::number:
    case QuestionType::money: return {"format"};
    case QuestionType::date: return rules_of_date(question);
    case QuestionType::iban:
    case QuestionType::uid: return {"format", "check_digit"};
    case QuestionType::ahv: return {"format", "prefix", "check_digit"};
    case QuestionType::address:
        return {
            "street_required",
            "street_too_long",
            "house_number_too_long",
            "postal_code_required",
            "postal_code_format",
            "town_required",
            "town_too_long",
            "characters"};
    case QuestionType::radio:
    case QuestionType::select:
    case QuestionType::checkboxes:
    case QuestionType::yesno: return {"no_such_option"};
    case QuestionType::declaration:
    case QuestionType::info: return {};
    }
    return {};
}

}  // namespace

std::string_view name_of(QuestionType type)
{
    return std::ranges::find(type_names, type, &std::pair<QuestionType, std::string_view>::first)->second;
}

std::optional<QuestionType> parse_question_type(std::string_view name)
{
    const auto* found =
        std::ranges::find(type_names, name, &std::pair<QuestionType, std::string_view>::second);
    return found == std::end(type_names) ? std::nullopt : std::optional(found->first);
}

std::vector<std::string_view> question_type_names()
{
    std::vector<std::string_view> names;
    for (const auto& [type, name] : type_names)
        names.push_back(name);
    return names;
}

Rules rules_of(const Question& question)
{
    Rules rules = own_rules_of(question);
    const bool has_required_rule =
        question.type != QuestionType::address && question.type != QuestionType::info;
    if (question.is_required && has_required_rule)
        rules.insert(rules.begin(), "required");
    if (question.minimum)
        rules.push_back("minimum");
    if (question.maximum)
        rules.push_back("maximum");
    return rules;
}

std::vector<std::string> fields_of(const Question& question)
{
    const auto& key = question.key;
    switch (question.type) {
    case QuestionType::date: return {key + "-day", key + "-month", key + "-year"};
    case QuestionType::address:
        return {key + ".street", key + ".house_number", key + ".postal_code", key + ".town"};
    case QuestionType::info: return {};
    default: return {key};
    }
}

std::vector<std::string> answer_keys(const Question& question)
{
    if (question.type == QuestionType::address)
        return fields_of(question);
    return {question.key};
}

}  // namespace catalog
