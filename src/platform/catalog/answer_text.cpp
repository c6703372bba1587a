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
    if (const auto* number = answer.if_number())
        return number->text;
    const auto text = answer.string_or();
    switch (question.type) {
    case QuestionType::date:
        if (const auto date = base::parse_date(text))
            return html::show_date(language, *date);
        return std::string(text);
    case QuestionType::ahv: return show_ahv(text);
    case QuestionType::phone: return show_phone(text);
    case QuestionType::radio:
    case QuestionType::select: return option_label(question, text, language);
    default: return std::string(text);
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
    const std::string text = line_of(question, *answer, texts, language);
    for (const auto line : base::split(text, '\n'))
        lines.emplace_back(line);
    return lines;
}

}  // namespace

std::string show_ahv(std::string_view digits)
{
    if (digits.size() != 13)
        return std::string(digits);
    std::string shown(digits.substr(0, 3));
    for (const auto& [begin, length] : {std::pair(3, 4), std::pair(7, 4), std::pair(11, 2)})
        shown +=
            "." +
            std::string(digits.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(length)));
    return shown;
}

std::string show_phone(std::string_view number)
{
    if (!number.starts_with("+41") || number.size() != 12)
        return std::string(number);
    std::string shown(number.substr(0, 3));
    for (const auto& [begin, length] : {std::pair(3, 2), std::pair(5, 3), std::pair(8, 2), std::pair(10, 2)})
        shown +=
            " " +
            std::string(number.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(length)));
    return shown;
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
