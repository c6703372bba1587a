#pragma once

#include "kit/html/data.hpp"
#include "platform/catalog/form.hpp"

#include <string>
#include <vector>

namespace catalog {

// What a group of fields shows: what was typed, or else what is stored, and what is wrong with it.
struct FieldsView {
    const Form& form;
    std::vector<const Question*> questions;
    const json::Object& answers;
    const Checked* checked = nullptr;  // after a refused submission of these questions
};

// The data of the fields (template "html/field"), in the language asked for.
html::Data fields_data(const FieldsView& view, const html::Texts& texts, html::Language language);
html::Data errors_data(const Checked& checked, html::Language language);

}  // namespace catalog
