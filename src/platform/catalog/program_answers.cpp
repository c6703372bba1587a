#include "platform/catalog/program_answers.hpp"

#include "base/date.hpp"
#include "platform/catalog/answer_text.hpp"

#include <algorithm>

namespace catalog {

namespace {

const Question* question_of(const Form& form, std::string_view key)
{
    for (const auto& page : form.pages())
        for (const auto& question : page.questions) {
            const auto keys = answer_keys(question);
            if (question.type != QuestionType::info && std::ranges::find(keys, key) != keys.end())
                return &question;
        }
    return nullptr;
}

bool has_fault(const std::vector<AnswerFault>& faults, std::string_view key)
{
    return std::ranges::find(faults, key, &AnswerFault::key) != faults.end();
}

// An empty text, and a box that is not ticked, answer nothing.
bool is_nothing(const Question& question, const json::Value& value)
{
    return value == json::Value("") || value == json::Value(json::Array()) ||
           (question.type == QuestionType::declaration && value == json::Value(false));
}

// A date that is none goes on as its text, so that the form's own rule refuses it.
http::Fields date_fields(const Question& question, const std::string& text)
{
    const auto names = fields_of(question);
    const auto date = base::parse_date(text);
    if (!date)
        return {{names[0], text}, {names[1], text}, {names[2], text}};
    return {
        {names[0], std::to_string(static_cast<unsigned>(date->day()))},
        {names[1], std::to_string(static_cast<unsigned>(date->month()))},
        {names[2], std::to_string(static_cast<int>(date->year()))}};
}

// Nothing when the value is of another kind than the question.
std::optional<http::Fields>
fields_of_answer(const Question& question, const std::string& key, const json::Value& value)
{
    if (question.type == QuestionType::yesno || question.type == QuestionType::declaration) {
        const auto* flag = value.if_bool();
        if (flag == nullptr)
            return std::nullopt;
        if (question.type == QuestionType::declaration)
            return *flag ? http::Fields{{key, "yes"}} : http::Fields{};
        return http::Fields{{key, *flag ? "yes" : "no"}};
    }
    if (question.type == QuestionType::checkboxes) {
        const auto* chosen = value.if_array();
        if (chosen == nullptr)
            return std::nullopt;
        http::Fields fields;
        for (const auto& choice : *chosen)
            fields.emplace_back(key, choice.string_or("?"));
        return fields;
    }
    if (question.type == QuestionType::money) {
        const auto rappen = value.integer();
        return rappen ? std::optional(http::Fields{{key, show_francs(*rappen)}}) : std::nullopt;
    }
    if (question.type == QuestionType::number) {
        const auto* number = value.if_number();
        return number == nullptr ? std::nullopt : std::optional(http::Fields{{key, number->text}});
    }
    const auto* text = value.if_string();
    if (text == nullptr)
        return std::nullopt;
    if (question.type == QuestionType::date)
        return date_fields(question, *text);
    return http::Fields{{key, *text}};
}

// The key of the answer that a field belongs to: three fields make one date.
std::string answer_key(const Form& form, const FieldError& error)
{
    const auto* question = form.find_question(error.key);
    const auto keys = answer_keys(*question);
    return std::ranges::find(keys, error.field) == keys.end() ? error.key : error.field;
}

std::string escaped(std::string_view key)
{
    std::string text;
    for (const char letter : key)
        text += letter == '~' ? "~0" : letter == '/' ? "~1" : std::string(1, letter);
    return text;
}

}  // namespace

ProgramFields fields_of_answers(const Form& form, const json::Object& given)
{
    ProgramFields read;
    for (const auto& [key, value] : given) {
        const auto* question = question_of(form, key);
        if (question == nullptr) {
            read.faults.push_back({key, "unknown"});
            continue;
        }
        const auto fields = fields_of_answer(*question, key, value);
        if (!fields)
            read.faults.push_back({key, "wrong_kind"});
        else
            read.fields.insert(read.fields.end(), fields->begin(), fields->end());
    }
    return read;
}

CheckedAnswers check_answers(const Form& form, const json::Object& given, const base::Date& today)
{
    const auto read = fields_of_answers(form, given);
    CheckedAnswers checked{{}, read.faults};
    for (const auto& page : form.pages()) {
        const auto asked = form.pages_for(checked.answers);
        if (std::ranges::find(asked, &page) == asked.end())
            continue;
        auto page_checked = form.check(page, read.fields, checked.answers, today);
        for (auto& error : page_checked.errors)
            if (const auto key = answer_key(form, error); !has_fault(read.faults, key))
                checked.faults.push_back({key, error.rule, std::move(error.text)});
        checked.answers = std::move(page_checked.answers);
    }
    // What is asked depends on other answers: only when those are right can it be said what is too much.
    if (checked.faults.empty())
        for (const auto& [key, value] : given)
            if (checked.answers.find(key) == nullptr && !is_nothing(*question_of(form, key), value))
                checked.faults.push_back({key, "not_asked"});
    return checked;
}

std::vector<api::Finding> findings_of(
    const std::vector<AnswerFault>& faults,
    std::string_view pointer,
    const html::Texts& texts,
    html::Language language
)
{
    std::vector<api::Finding> findings;
    for (const auto& fault : faults) {
        const auto detail = fault.text.empty() ? texts.text(language, "catalog.answer_" + fault.rule)
                                               : fault.text.in(language);
        findings.push_back({std::string(pointer) + "/" + escaped(fault.key), {}, fault.rule, detail});
    }
    return findings;
}

}  // namespace catalog
