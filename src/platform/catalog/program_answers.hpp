#pragma once

#include "kit/api/problem.hpp"
#include "platform/catalog/form.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace catalog {

// What is wrong with one answer that a program gave.
struct AnswerFault {
    std::string key;  // of the answer
    std::string rule;
    LocalText text = {};  // the question's; empty for rules that people cannot break: "catalog.answer_<rule>"
};

// The answers of a program as the fields of the form's pages would say them: texts, whole numbers, true and
// false, dates in ISO 8601, each under the key under which the form keeps it.
struct ProgramFields {
    http::Fields fields;
    std::vector<AnswerFault> faults;  // answers to no question, or of another kind than the question
};
ProgramFields fields_of_answers(const Form& form, const json::Object& given);

// A whole form at once, by the rules that hold for everybody's answers.
struct CheckedAnswers {
    json::Object answers;  // as the form keeps them; of no use when there are faults
    std::vector<AnswerFault> faults;
};
CheckedAnswers check_answers(const Form& form, const json::Object& given, const base::Date& today);

// The same for whoever reads the problem; `pointer` leads to the answers in the body: "/answers".
std::vector<api::Finding> findings_of(
    const std::vector<AnswerFault>& faults,
    std::string_view pointer,
    const html::Texts& texts,
    html::Language language
);

}  // namespace catalog
