#include "kit/html/components.hpp"

#include "base/text.hpp"

namespace html {

namespace {

// What every field says about itself. All members are set, so that none is found further outside.
Data field(std::string_view kind, const std::string& name, const std::string& hint, const std::string& error)
{
    std::vector<std::string> described_by;
    if (!hint.empty())
        described_by.push_back(name + "-hint");
    if (!error.empty())
        described_by.push_back(name + "-error");

    Data data;
    for (const std::string_view each :
         {"text_field", "text_area", "date_field", "radios", "checkboxes", "select_field"})
        data.set("is_" + std::string(each), each == kind);
    data.set("id", name).set("name", name).set("hint", hint).set("error", error);
    data.set("described_by", base::join(described_by, " "));
    return data;
}

// The first option carries the field's own id, so that the error summary leads to it.
List option_list(const std::string& name, const std::vector<Option>& options)
{
    List list;
    for (const Option& option : options) {
        Data data;
        const auto number = list.size() + 1;
        data.set("item_id", number == 1 ? name : name + "-" + std::to_string(number));
        data.set("value", option.value).set("option_label", option.label);
        data.set("option_hint", option.hint).set("is_chosen", option.is_chosen);
        list.push_back(std::move(data));
    }
    return list;
}

Data choice_field(std::string_view kind, const Choice& choice)
{
    Data data = field(kind, choice.name, choice.hint, choice.error);
    data.set("legend", choice.legend).set("is_page_heading", choice.is_page_heading);
    data.set("is_inline", choice.is_inline).set("options", option_list(choice.name, choice.options));
    return data;
}

Data date_part(const DateField& date, std::string_view part, const std::string& value)
{
    const bool is_year = part == "year";
    Data data;
    data.set("part_id", date.name + "-" + std::string(part)).set("part_value", value);
    data.set("is_day", part == "day").set("is_month", part == "month").set("is_year", is_year);
    data.set("part_width", is_year ? "4" : "2");
    data.set("part_autocomplete", date.is_birthday ? "bday-" + std::string(part) : "");
    return data;
}

}  // namespace

Data text_field(const TextField& text)
{
    Data data = field("text_field", text.name, text.hint, text.error);
    data.set("label", text.label).set("value", text.value).set("type", text.type);
    data.set("autocomplete", text.autocomplete).set("input_mode", text.input_mode);
    data.set("width", text.width == 0 ? "" : std::to_string(text.width)).set("prefix", text.prefix);
    data.set("is_spell_checked", text.is_spell_checked).set("is_page_heading", text.is_page_heading);
    return data;
}

Data text_area(const TextArea& area)
{
    Data data = field("text_area", area.name, area.hint, area.error);
    data.set("label", area.label).set("value", area.value).set("rows", std::to_string(area.rows));
    data.set("is_page_heading", area.is_page_heading);
    return data;
}

Data date_field(const DateField& date)
{
    Data data = field("date_field", date.name, date.hint, date.error);
    data.set("legend", date.legend).set("is_page_heading", date.is_page_heading);
    data.set(
        "parts",
        List{
            date_part(date, "day", date.day),
            date_part(date, "month", date.month),
            date_part(date, "year", date.year)}
    );
    return data;
}

Data radios(const Choice& choice)
{
    return choice_field("radios", choice);
}

Data checkboxes(const Choice& choice)
{
    return choice_field("checkboxes", choice);
}

Data select_field(const SelectField& select)
{
    Data data = field("select_field", select.name, select.hint, select.error);
    data.set("label", select.label).set("is_page_heading", false).set("autocomplete", select.autocomplete);
    data.set("options", option_list(select.name, select.options));
    return data;
}

std::string first_input_id(std::string_view field_name, bool is_date)
{
    return std::string(field_name) + (is_date ? "-day" : "");
}

Data error_summary(const std::vector<FieldError>& errors)
{
    List list;
    for (const FieldError& error : errors)
        list.push_back(Data().set("input_id", error.input_id).set("text", error.text));
    return Data().set("errors", std::move(list));
}

Data summary_list(const std::vector<SummaryRow>& rows, std::string title)
{
    List list;
    for (const SummaryRow& row : rows) {
        List lines;
        for (const std::string& line : row.lines)
            lines.push_back(Data().set("text", line).set("is_first", lines.empty()));
        list.push_back(
            Data().set("key", row.key).set("lines", std::move(lines)).set("change_url", row.change_url)
        );
    }
    return Data().set("title", std::move(title)).set("rows", std::move(list));
}

Data notification(const Notification& notification)
{
    Data data;
    data.set("heading", notification.heading).set("text", notification.text);
    data.set("is_success", notification.is_success);
    return data;
}

Data panel(const Panel& panel)
{
    return Data().set("title", panel.title).set("text", panel.text);
}

std::string tag_class(TagColour colour)
{
    switch (colour) {
    case TagColour::grey: return "govuk-tag--grey";
    case TagColour::blue: return "govuk-tag--blue";
    case TagColour::green: return "govuk-tag--green";
    case TagColour::yellow: return "govuk-tag--yellow";
    case TagColour::orange: return "govuk-tag--orange";
    case TagColour::red: return "govuk-tag--red";
    }
    return {};
}

Data timeline(const std::vector<TimelineEntry>& entries)
{
    List list;
    for (const TimelineEntry& entry : entries) {
        Data data;
        data.set("when", entry.when).set("what", entry.what);
        data.set("detail", entry.detail).set("is_current", entry.is_current);
        list.push_back(std::move(data));
    }
    return Data().set("entries", std::move(list));
}

Data messages(const std::vector<MessageEntry>& entries)
{
    List list;
    for (const MessageEntry& entry : entries) {
        Data data;
        data.set("when", entry.when).set("who", entry.who);
        data.set("text", entry.text).set("is_own", entry.is_own);
        list.push_back(std::move(data));
    }
    return Data().set("entries", std::move(list));
}

Data table(const Table& table)
{
    List rows;
    for (const auto& row : table.rows) {
        List cells;
        for (const auto& cell : row)
            cells.push_back(Data().set("text", cell).set("is_heading", cells.empty()));
        rows.push_back(Data().set("cells", std::move(cells)));
    }
    Data data;
    data.set("caption", table.caption).set("headings", List(table.headings.begin(), table.headings.end()));
    data.set("rows", std::move(rows));
    return data;
}

Data pagination(const Paging& paging)
{
    return Data().set("previous_url", paging.previous_url).set("next_url", paging.next_url);
}

Data step_caption(int step, int steps)
{
    return Data().set("step", std::to_string(step)).set("steps", std::to_string(steps));
}

}  // namespace html
