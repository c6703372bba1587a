#pragma once

#include "kit/html/texts.hpp"
#include "kit/json/json.hpp"

#include <string>
#include <string_view>

namespace connectors {

// What the register said to the question of that key ("person.last_name"), as people read it, from the record
// that is kept at the case. Empty when there is no record or it says nothing about the question.
std::string register_text(const json::Value& record, std::string_view question_key, html::Language language);

}  // namespace connectors
