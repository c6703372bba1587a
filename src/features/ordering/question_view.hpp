#pragma once

#include "kit/html/data.hpp"
#include "platform/catalog/form.hpp"

#include <string>
#include <vector>

namespace ordering {

// What a page of a form shows: what was typed, or else what is stored, and what is wrong with it.
struct FieldsView {
    const catalog::Form& form;
    const catalog::Page& page;
    const json::Object& answers;
    const catalog::Checked* checked = nullptr;  // after a refused submission
};

// The data of the page's fields (template "html/field"), in the language asked for.
html::Data fields_data(const FieldsView& view, const html::Texts& texts, html::Language language);
html::Data errors_data(const catalog::Checked& checked, html::Language language);

}  // namespace ordering
