#include "platform/catalog/correction.hpp"

#include "platform/catalog/field_reader.hpp"

#include <algorithm>
#include <iterator>

namespace catalog {

namespace {

bool is_correctable(const Question& question)
{
    constexpr QuestionType types[] = {
        QuestionType::text,
        QuestionType::longtext,
        QuestionType::date,
        QuestionType::ahv,
        QuestionType::address,
    };
    return question.order_name.empty() && std::ranges::find(types, question.type) != std::end(types);
}

}  // namespace

std::vector<const Question*> correctable_questions(const Form& form, const json::Object& answers)
{
    std::vector<const Question*> questions;
    for (const auto* page : form.pages_for(answers))
        std::ranges::copy_if(
            form.questions_for(*page, answers),
            std::back_inserter(questions),
            [](const Question* question) { return is_correctable(*question); }
        );
    return questions;
}

Checked
correct(const Form& form, const json::Object& answers, const http::Fields& fields, const base::Date& today)
{
    Checked checked;
    json::Object given = answers;
    for (const auto* question : correctable_questions(form, answers)) {
        const auto names = fields_of(*question);
        const bool is_sent = std::ranges::any_of(names, [&](const std::string& name) {
            return http::find_field(fields, name).has_value();
        });
        const auto read = is_sent ? read_answer(*question, fields, today) : ReadAnswer{};
        note_reading(*question, fields, read, checked);
        if (!is_sent)
            continue;
        for (const auto& key : answer_keys(*question))
            if (read.answers.find(key) == nullptr)
                given.erase(key);
        for (const auto& [key, value] : read.answers)
            given[key] = value;
    }
    checked.partial = given;
    checked.answers = checked.errors.empty() ? given : answers;
    return checked;
}

}  // namespace catalog
