#include "platform/catalog/question_view.hpp"

#include "base/text.hpp"
#include "kit/html/components.hpp"
#include "platform/catalog/answer_text.hpp"

#include <algorithm>

namespace catalog {

namespace {

// Questions, seen with one person's answers in one language.
class View {
public:
    View(const FieldsView& view, const html::Texts& texts, html::Language language)
        : view_(view), texts_(texts), language_(language)
    {
    }

    html::List fields() const
    {
        html::List list;
        for (const auto* question : view_.questions) {
            if (question->type == QuestionType::address)
                add_address(list, *question);
            else
                list.push_back(field(*question));
        }
        return list;
    }

private:
    html::Data field(const Question& question) const
    {
        switch (question.type) {
        case QuestionType::longtext:
            return html::text_area({
                .name = question.key,
                .label = label(question),
                .hint = question.hint.in(language_),
                .error = error(question.key),
                .value = value(question.key),
            });
        case QuestionType::date: return date(question);
        case QuestionType::radio:
        case QuestionType::yesno: return html::radios(choice(question));
        case QuestionType::checkboxes:
        case QuestionType::declaration: return html::checkboxes(choice(question));
        case QuestionType::select:
            return html::select_field({
                .name = question.key,
                .label = label(question),
                .hint = question.hint.in(language_),
                .error = error(question.key),
                .options = options(question),
            });
        case QuestionType::info: return html::Data().set("is_info", true).set("info", label(question));
        default: return line(question);
        }
    }

    html::Data line(const Question& question) const
    {
        html::TextField field{
            .name = question.key,
            .label = label(question),
            .hint = question.hint.in(language_),
            .error = error(question.key),
            .value = value(question.key),
            .autocomplete = question.autocomplete,
            .is_spell_checked = false,
        };
        if (question.type == QuestionType::email)
            field.type = field.input_mode = "email";
        if (question.type == QuestionType::phone)
            field.type = field.input_mode = "tel";
        switch (question.type) {
        case QuestionType::number:
            field.input_mode = "numeric";
            field.width = is_short(question) ? 3 : 10;
            break;
        case QuestionType::postal_code:
            field.input_mode = "numeric";
            field.width = 5;
            break;
        case QuestionType::money:
            field.input_mode = "decimal";
            field.prefix = "CHF";
            field.width = 10;
            break;
        case QuestionType::time: field.width = 5; break;
        case QuestionType::ahv: field.input_mode = "numeric"; [[fallthrough]];
        case QuestionType::uid:
        case QuestionType::phone: field.width = 20; break;
        case QuestionType::iban: field.width = 30; break;
        default: break;
        }
        return html::text_field(field);
    }

    static bool is_short(const Question& question)
    {
        constexpr std::int64_t longest_of_three_digits = 999;
        return question.maximum && *question.maximum <= longest_of_three_digits;
    }

    html::Data date(const Question& question) const
    {
        html::DateField field{
            .name = question.key,
            .legend = label(question),
            .hint = question.hint.in(language_),
            .error = first_error(question),
            .day = typed(question.key + "-day"),
            .month = typed(question.key + "-month"),
            .year = typed(question.key + "-year"),
            .is_birthday = question.autocomplete == "bday",
        };
        const auto* stored = view_.answers.find(question.key);
        const auto known = stored == nullptr ? std::nullopt : base::parse_date(stored->string_or());
        if (view_.checked == nullptr && known) {
            field.day = std::to_string(static_cast<unsigned>(known->day()));
            field.month = std::to_string(static_cast<unsigned>(known->month()));
            field.year = std::to_string(static_cast<int>(known->year()));
        }
        return html::date_field(field);
    }

    html::Choice choice(const Question& question) const
    {
        return {
            .name = question.key,
            .legend = label(question),
            .hint = question.hint.in(language_),
            .error = error(question.key),
            .options = options(question),
            .is_inline = question.type == QuestionType::yesno,
        };
    }

    std::vector<html::Option> options(const Question& question) const
    {
        if (question.type == QuestionType::checkboxes)
            return several_options(question);
        const auto chosen = value(question.key);
        if (question.type == QuestionType::yesno)
            return {
                {"yes", texts_.text(language_, "catalog.yes"), {}, chosen == "yes"},
                {"no", texts_.text(language_, "catalog.no"), {}, chosen == "no"}};
        if (question.type == QuestionType::declaration)
            return {{"yes", question.label.in(language_), {}, chosen == "yes"}};
        std::vector<html::Option> options;
        if (question.type == QuestionType::select)
            options.push_back({"", texts_.text(language_, "catalog.please_choose"), {}, chosen.empty()});
        for (const auto& option : question.options)
            options.push_back(
                {option.value, option.label.in(language_), option.hint.in(language_), option.value == chosen}
            );
        return options;
    }

    std::vector<html::Option> several_options(const Question& question) const
    {
        const auto* stored = view_.answers.find(question.key);
        const auto* list = stored == nullptr ? nullptr : stored->if_array();
        const auto is_chosen = [&](const std::string& value) {
            if (view_.checked != nullptr)
                return std::ranges::find(view_.checked->typed, std::pair(question.key, value)) !=
                       view_.checked->typed.end();
            return list != nullptr && std::ranges::find(*list, json::Value(value)) != list->end();
        };
        std::vector<html::Option> options;
        for (const auto& option : question.options)
            options.push_back(
                {option.value, option.label.in(language_), option.hint.in(language_), is_chosen(option.value)}
            );
        return options;
    }

    void add_address(html::List& list, const Question& question) const
    {
        const auto part = [&](std::string_view name, std::string_view autocomplete, int width) {
            const std::string key = question.key + "." + std::string(name);
            list.push_back(html::text_field({
                .name = key,
                .label = texts_.text(language_, "catalog." + std::string(name)),
                .error = error(key),
                .value = value(key),
                .autocomplete = std::string(autocomplete),
                .input_mode = name == "postal_code" ? "numeric" : "",
                .width = width,
                .is_spell_checked = false,
            }));
        };
        part("street", "address-line1", 0);
        part("house_number", "", 5);
        part("postal_code", "postal-code", 5);
        part("town", "address-level2", 20);
    }

    std::string label(const Question& question) const
    {
        const auto& label = question.label.in(language_);
        if (question.is_required || question.type == QuestionType::info)
            return label;
        return label + " " + texts_.text(language_, "catalog.optional");
    }

    std::string error(std::string_view field) const
    {
        if (view_.checked == nullptr)
            return {};
        const auto found = std::ranges::find(view_.checked->errors, field, &FieldError::field);
        return found == view_.checked->errors.end() ? std::string() : found->text.in(language_);
    }

    std::string first_error(const Question& question) const
    {
        if (view_.checked == nullptr)
            return {};
        const auto found = std::ranges::find(view_.checked->errors, question.key, &FieldError::key);
        return found == view_.checked->errors.end() ? std::string() : found->text.in(language_);
    }

    std::string typed(const std::string& field) const
    {
        if (view_.checked == nullptr)
            return {};
        return std::string(http::find_field(view_.checked->typed, field).value_or(""));
    }

    std::string value(const std::string& key) const
    {
        if (view_.checked != nullptr)
            return typed(key);
        const auto* stored = view_.answers.find(key);
        if (stored == nullptr)
            return {};
        if (const auto* flag = stored->if_bool())
            return *flag ? "yes" : "no";
        const auto* question = view_.form.find_question(key);
        const auto type = question == nullptr ? QuestionType::text : question->type;
        if (type == QuestionType::money)
            return show_francs(stored->integer().value_or(0));
        if (const auto* number = stored->if_number())
            return number->text;
        return show_text(type, stored->string_or());
    }

    const FieldsView& view_;
    const html::Texts& texts_;
    html::Language language_;
};

}  // namespace

html::Data fields_data(const FieldsView& view, const html::Texts& texts, html::Language language)
{
    return View(view, texts, language).fields();
}

html::Data errors_data(const Checked& checked, html::Language language)
{
    std::vector<html::FieldError> errors;
    for (const auto& error : checked.errors)
        errors.push_back({error.field, error.text.in(language)});
    return html::error_summary(errors);
}

}  // namespace catalog
