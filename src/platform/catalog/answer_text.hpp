#pragma once

#include "kit/json/json.hpp"
#include "platform/catalog/form.hpp"

#include <string>
#include <vector>

namespace catalog {

// One answer as people read it.
struct AnswerText {
    const Page* page = nullptr;
    const Question* question = nullptr;
    std::string label;               // the question, in the language asked for
    std::vector<std::string> lines;  // empty when an optional question was left out
};

// Every question that is asked, given the answers, in order: for check pages and clerks.
std::vector<AnswerText> answer_texts(
    const Form& form, const json::Object& answers, const html::Texts& texts, html::Language language
);

// "756.1234.5678.97", "+41 56 123 45 67": digits in the groups that people are used to.
std::string show_ahv(std::string_view digits);
std::string show_phone(std::string_view number);

}  // namespace catalog
