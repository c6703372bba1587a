#pragma once

#include "base/date.hpp"
#include "base/result.hpp"
#include "kit/http/request.hpp"
#include "kit/json/json.hpp"
#include "platform/catalog/question.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalog {

struct Library;

// A group of questions that is asked at once.
struct Page {
    std::string id;  // in addresses: "person"
    LocalText title;
    LocalText description;  // may be empty
    std::optional<Condition> show_if;
    std::vector<Question> questions;
    // Of a page that is asked for each of several: which one this is, from 1, and the answer that says how
    // many there are ("move.persons"). 0: an ordinary page.
    int item = 0;
    std::string count_key;
};

// What is wrong with one field, in words for people: the question's text of the rule that was broken.
struct FieldError {
    std::string field;  // the name of the input: "person.date_of_birth-day"
    std::string key;    // of the question
    std::string rule;   // "required", "format", "no_such_day", …
    LocalText text;
};

// What came of a submitted page.
struct Checked {
    json::Object answers;            // all answers of the draft so far, with this page's
    json::Object partial;            // the same with what is right on a page that has errors: for a draft
    http::Fields typed;              // what was submitted, to be shown again beside the errors
    std::vector<FieldError> errors;  // in the order of the page; empty: the page is done
};

// The questions of a service, compiled once from form.json ("form/1", docs/services.md). Never changes; safe
// to share between threads.
//
// Answers are one flat object by question key: texts as strings, numbers as numbers, yes and no as booleans,
// dates in ISO 8601; several choices as a list of texts, money in Rappen; parts of an address as
// "<key>.street", ".house_number", ".postal_code", ".town"; what is asked of several as "<key>.1.<question>".
// Everything is normalised on the way in: a stored answer needs no further check.
class Form {
public:
    // `invalid`: `detail` names the member ("pages[1].questions[0].label.fr") and what was expected there.
    // Blocks and words that the form does not hold itself come from the library.
    static base::Result<Form> parse(const json::Value& document, const Library& library);

    const std::vector<Page>& pages() const { return pages_; }
    const Page* find_page(std::string_view id) const;
    const Question* find_question(std::string_view key) const;

    // The pages that these answers lead through, in order.
    std::vector<const Page*> pages_for(const json::Object& answers) const;
    // The questions of a page that are asked, given the answers.
    std::vector<const Question*> questions_for(const Page& page, const json::Object& answers) const;

    // Takes the fields of one page. Fields that the page does not ask for are never read. With errors,
    // `answers` are those from before. `today` is the date where the municipality lies.
    Checked check(
        const Page& page, const http::Fields& fields, const json::Object& answers, const base::Date& today
    ) const;

    // Where the applicant's e-mail address and date of birth are asked; every form has both.
    const std::string& email_key() const { return email_key_; }
    const std::string& date_of_birth_key() const { return date_of_birth_key_; }
    int minimum_age() const { return minimum_age_; }  // of the applicant, in years; 0: any

    // The first page whose answers are missing; nullptr when the form is complete.
    const Page* first_open_page(const json::Object& answers) const;
    // Without what is not asked (any more): hidden answers are not kept.
    json::Object asked_only(const json::Object& answers) const;

    // The answers that decisions and the process may use, under the names the form gives them ("copies").
    json::Object order_of(const json::Object& answers) const;

private:
    std::vector<Page> pages_;
    std::string email_key_;
    std::string date_of_birth_key_;
    int minimum_age_ = 0;
};

// Dotted keys as objects in each other, {"person.first_name": "Ada"} → {"person": {"first_name": "Ada"}}, and
// numbered ones as lists, {"persons.1.name": "Ada"} → {"persons": [{"name": "Ada"}]}: as FEEL sees answers.
json::Object nested(const json::Object& answers);

}  // namespace catalog
