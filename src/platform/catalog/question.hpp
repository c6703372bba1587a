#pragma once

#include "platform/catalog/local_text.hpp"
#include "process/feel/expression.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalog {

// How a question is asked and what its answer must be like.
enum class QuestionType {
    text,
    longtext,
    email,
    phone,
    date,     // three fields: -day, -month, -year
    time,     // "14:30"
    ahv,      // AHV number, 13 digits
    iban,     // ISO 13616
    uid,      // enterprise identification number (UID), "CHE" and 9 digits
    address,  // four fields: .street, .house_number, .postal_code, .town
    postal_code,
    municipality,  // its name, of any canton
    radio,
    select,
    checkboxes,  // any number of the options
    number,
    money,  // Rappen
    yesno,
    declaration,  // a box that must be ticked
    info,         // no question: a paragraph
};
std::string_view name_of(QuestionType type);
std::optional<QuestionType> parse_question_type(std::string_view name);
std::vector<std::string_view> question_type_names();  // all of them

// FEEL over `answers` (nested by their dots). Anything but true is no.
using Condition = feel::Expression;

struct Option {
    std::string value;
    LocalText label;
    LocalText hint;  // may be empty
};

struct Question {
    QuestionType type = QuestionType::text;
    std::string key;  // "person.first_name"
    LocalText label;
    LocalText hint;            // may be empty
    std::string purpose;       // why it is asked: for whoever maintains the service
    std::string autocomplete;  // HTML's token; empty: off
    std::string order_name;    // under which decisions see the answer; empty: they do not
    bool is_required = true;
    bool is_sensitive = false;
    std::size_t max_length = 100;         // code points
    std::optional<std::int64_t> minimum;  // of a number, or of money in Rappen
    std::optional<std::int64_t> maximum;
    bool is_past = false;    // of a date: not after today
    bool is_future = false;  // of a date: not before today
    int minimum_age = 0;     // of a date of birth, in years; 0: any
    std::vector<Option> options;
    std::optional<Condition> show_if;
    std::map<std::string, LocalText, std::less<>> errors;  // by rule
};

// The rules that a question of this kind can break: each needs a text of its own.
std::vector<std::string_view> rules_of(const Question& question);

// The names of its inputs, in the order in which they are shown.
std::vector<std::string> fields_of(const Question& question);
// The keys under which its answer is kept.
std::vector<std::string> answer_keys(const Question& question);

}  // namespace catalog
