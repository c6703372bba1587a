#include "platform/catalog/answer_text.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace catalog {

namespace {

std::string joined(std::string_view first, std::string_view second)
{
    if (first.empty() || second.empty())
        return std::string(first) + std::string(second);
    return std::string(first) + " " + std::string(second);
}

std::vector<std::string> address_lines(const std::string& key, const json::Object& answers)
{
    const auto part = [&](std::string_view name) {
        const auto* value = answers.find(key + std::string(name));
        return value == nullptr ? std::string_view() : value->string_or();
    };
    const auto street = joined(part(".street"), part(".house_number"));
    const auto town = joined(part(".postal_code"), part(".town"));
    return street.empty() ? std::vector<std::string>() : std::vector{street, town};
}

// The letters in groups of these sizes, as far as they go.
std::string
in_groups(std::string_view text, std::initializer_list<std::size_t> sizes, std::string_view between)
{
    std::string shown;
    for (const auto size : sizes) {
        if (text.empty())
            break;
        if (!shown.empty())
            shown += between;
        shown += text.substr(0, size);
        text.remove_prefix(std::min(size, text.size()));
    }
    return shown;
}

std::string option_label(const Question& question, std::string_view value, html::Language language)
{
    const auto option = std::ranges::find(question.options, value, &Option::value);
    return option == question.options.end() ? std::string(value) : option->label.in(language);
}

std::string line_of(
    const Question& question, const json::Value& answer, const html::Texts& texts, html::Language language
)
{
    if (const auto* flag = answer.if_bool())
        return texts.text(language, *flag ? "catalog.yes" : "catalog.no");
    if (question.type == QuestionType::money)
        return html::show_money(language, {answer.integer().value_or(0)});
    if (const auto* number = answer.if_number())
        return number->text;
    const auto text = answer.string_or();
    switch (question.type) {
    case QuestionType::date:
        if (const auto date = base::parse_date(text))
            return html::show_date(language, *date);
        return std::string(text);
    case QuestionType::radio:
    case QuestionType::select: return option_label(question, text, language);
    default: return show_text(question.type, text);
    }
}

std::vector<std::string> lines_of(
    const Question& question, const json::Object& answers, const html::Texts& texts, html::Language language
)
{
    if (question.type == QuestionType::address)
        return address_lines(question.key, answers);
    const auto* answer = answers.find(question.key);
    if (answer == nullptr)
        return {};
    std::vector<std::string> lines;
    if (const auto* several = answer->if_array()) {
        for (const auto& value : *several)
            lines.push_back(option_label(question, value.string_or(), language));
        return lines;
    }
    const std::string text = line_of(question, *answer, texts, language);
    for (const auto line : base::split(text, '\n'))
        lines.emplace_back(line);
    return lines;
}

}  // namespace

std::string show_text(QuestionType type, std::string_view text)
{
    constexpr std::size_t ahv_digits = 13;
    constexpr std::size_t swiss_phone = 12;
    constexpr std::size_t uid_letters = 12;
    switch (type) {
    case QuestionType::ahv:
        return text.size() == ahv_digits ? in_groups(text, {3, 4, 4, 2}, ".") : std::string(text);
    case QuestionType::phone:
        if (text.starts_with("+41") && text.size() == swiss_phone)
            return in_groups(text, {3, 2, 3, 2, 2}, " ");
        return std::string(text);
    case QuestionType::uid:
        if (text.size() == uid_letters)
            return "CHE-" + in_groups(text.substr(3), {3, 3, 3}, ".");
        return std::string(text);
    case QuestionType::iban: return in_groups(text, {4, 4, 4, 4, 4, 4, 4, 4, 4}, " ");
    default: return std::string(text);
    }
}

std::string show_francs(std::int64_t rappen)
{
    const auto rest = rappen % 100;
    return std::to_string(rappen / 100) + (rest < 10 ? ".0" : ".") + std::to_string(rest);
}

std::vector<AnswerText>
answer_texts(const Form& form, const json::Object& answers, const html::Texts& texts, html::Language language)
{
    std::vector<AnswerText> read;
    for (const auto* page : form.pages_for(answers)) {
        for (const auto* question : form.questions_for(*page, answers)) {
            if (question->type != QuestionType::info)
                read.push_back(
                    {page,
                     question,
                     question->label.in(language),
                     lines_of(*question, answers, texts, language)}
                );
        }
    }
    return read;
}

}  // namespace catalog
