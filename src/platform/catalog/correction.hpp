#pragma once

#include "platform/catalog/form.hpp"

namespace catalog {

// What a clerk may put right: who somebody is and where they live. What decisions see (copies, delivery) has
// set the fee, which is paid, and the e-mail address is the applicant's own.
std::vector<const Question*> correctable_questions(const Form& form, const json::Object& answers);

// Takes the fields of correctable questions, by the rules that hold for everybody's answers. A question none
// of whose fields is sent keeps its answer; with errors, all do.
Checked
correct(const Form& form, const json::Object& answers, const http::Fields& fields, const base::Date& today);

}  // namespace catalog
