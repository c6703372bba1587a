#pragma once

#include "base/date.hpp"
#include "kit/http/request.hpp"
#include "kit/json/json.hpp"
#include "platform/catalog/form.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace catalog {

struct BrokenRule {
    std::string field;
    std::string_view rule;
};

// What one question's fields say: answers to keep, or what is wrong. An optional question left empty is
// neither.
struct ReadAnswer {
    json::Object answers;
    std::vector<BrokenRule> broken;
};

ReadAnswer read_answer(const Question& question, const http::Fields& fields, const base::Date& today);

// Adds to `checked` what was typed for the question, and in its words what is wrong with that.
void note_reading(
    const Question& question, const http::Fields& fields, const ReadAnswer& read, Checked& checked
);

}  // namespace catalog
