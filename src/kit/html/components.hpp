#pragma once

#include "kit/html/data.hpp"
#include "kit/html/texts.hpp"

#include <string>
#include <vector>

namespace html {

// The parts that pages are made of, in the markup of GOV.UK's design system (class names kept).
// Each function makes the data of the template of its name: {{#search}}{{> html/text_field}}{{/search}}.
// Fields in a list are written with {{> html/field}}, which knows them all. Every text arrives in the page's
// language; an empty text leaves its place out. The field's id is its name; see first_input_id for groups.

struct TextField {
    std::string name;
    std::string label;
    std::string hint = {};
    std::string error = {};
    std::string value = {};
    std::string type = "text";      // "text", "email", "tel", "password"
    std::string autocomplete = {};  // HTML's word for it: "given-name"
    std::string input_mode = {};    // "numeric", "tel", "email"
    int width = 0;                  // characters: 2, 3, 4, 5, 10, 20 or 30; 0 is the full width
    std::string prefix = {};        // "CHF"
    bool is_spell_checked = true;   // not for names, codes, addresses
    bool is_page_heading = false;   // the label is the page's h1
};
Data text_field(const TextField& field);

struct TextArea {
    std::string name;
    std::string label;
    std::string hint = {};
    std::string error = {};
    std::string value = {};
    int rows = 5;
    bool is_page_heading = false;
};
Data text_area(const TextArea& field);

// A date in three fields, named <name>-day, <name>-month and <name>-year.
struct DateField {
    std::string name;
    std::string legend;
    std::string hint = {};
    std::string error = {};
    std::string day = {};
    std::string month = {};
    std::string year = {};
    bool is_birthday = false;  // the browser may fill it in
    bool is_page_heading = false;
};
Data date_field(const DateField& field);

struct Option {
    std::string value;
    std::string label;
    std::string hint = {};
    bool is_chosen = false;
};

struct Choice {
    std::string name;
    std::string legend;
    std::string hint = {};
    std::string error = {};
    std::vector<Option> options;
    bool is_inline = false;  // two short answers on one line
    bool is_page_heading = false;
};
Data radios(const Choice& choice);
Data checkboxes(const Choice& choice);

struct SelectField {
    std::string name;
    std::string label;
    std::string hint = {};
    std::string error = {};
    std::vector<Option> options;
    std::string autocomplete = {};
};
Data select_field(const SelectField& field);

// What an error summary points to: the field itself, the first field of a date, the first of the options.
std::string first_input_id(std::string_view field_name, bool is_date);

struct FieldError {
    std::string input_id;
    std::string text;
};
Data error_summary(const std::vector<FieldError>& errors);

// One answer on the check page; "change" is a link whose hidden part says what it changes.
struct SummaryRow {
    std::string key;
    std::vector<std::string> lines;
    std::string change_url = {};
};
Data summary_list(const std::vector<SummaryRow>& rows, std::string title = {});

struct Notification {
    std::string heading;
    std::string text = {};
    bool is_success = false;
};
Data notification(const Notification& notification);

struct Panel {
    std::string title;
    std::string text = {};
};
Data panel(const Panel& panel);

enum class TagColour { grey, blue, green, yellow, orange, red };
std::string tag_class(TagColour colour);  // "govuk-tag--grey"

struct TimelineEntry {
    std::string when;
    std::string what;
    std::string detail = {};
    bool is_current = false;
};
Data timeline(const std::vector<TimelineEntry>& entries);

// What two sides wrote to each other, the reader's own set apart.
struct MessageEntry {
    std::string when;
    std::string who;
    std::string text;
    bool is_own = false;
};
Data messages(const std::vector<MessageEntry>& entries);

struct Table {
    std::string caption;
    std::vector<std::string> headings;
    std::vector<std::vector<std::string>> rows;  // the first cell of each row is its heading
};
Data table(const Table& table);

struct Paging {
    std::string previous_url = {};
    std::string next_url = {};
};
Data pagination(const Paging& paging);

// "Schritt 2 von 5", above the heading of a form's page.
Data step_caption(int step, int steps);

}  // namespace html
