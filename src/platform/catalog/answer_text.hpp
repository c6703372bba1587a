#pragma once

#include "kit/json/json.hpp"
#include "platform/catalog/form.hpp"

#include <cstdint>
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

// "756.1234.5678.97", "+41 56 123 45 67", "CHE-123.456.788", "CH93 0076 …": in the groups that people are
// used to; other texts as they are.
std::string show_text(QuestionType type, std::string_view text);
// Rappen as francs, "1234.50": as people type them.
std::string show_francs(std::int64_t rappen);

}  // namespace catalog
