#include "platform/catalog/definition_reader.hpp"
#include "platform/catalog/form.hpp"

#include <set>

namespace catalog {

namespace {

constexpr std::size_t longest_text = 100;  // official names (eCH-0044)
constexpr std::size_t longest_longtext = 2000;

bool is_key(std::string_view key)
{
    bool may_begin_part = true;
    for (const char letter : key) {
        const bool is_letter = letter >= 'a' && letter <= 'z';
        const bool may_follow = letter == '_' || (letter >= '0' && letter <= '9') || letter == '.';
        if (!is_letter && (may_begin_part || !may_follow))
            return false;
        may_begin_part = letter == '.';
    }
    return !may_begin_part;
}

class FormReader {
public:
    std::vector<Page> pages(const json::Object& form)
    {
        std::vector<Page> read;
        const auto& pages = reader.array(form, "", "pages");
        for (std::size_t index = 0; index < pages.size(); ++index)
            read.push_back(page(pages[index], item_of("pages", index)));
        return read;
    }

    DefinitionReader reader;

private:
    Page page(const json::Value& value, const std::string& path)
    {
        const auto& object = reader.object(value, path);
        reader.only(object, path, {"id", "title", "description", "show_if", "questions"});
        Page read;
        read.id = reader.text(object, path, "id");
        if (!is_key(read.id) || !page_ids_.insert(read.id).second)
            reader.refuse(member_of(path, "id"), "an id of lower-case letters that no other page has");
        read.title = reader.local_text(object, path, "title");
        read.description = reader.optional_local_text(object, path, "description");
        read.show_if = condition(object, path);
        const auto& questions = reader.array(object, path, "questions");
        for (std::size_t index = 0; index < questions.size(); ++index)
            read.questions.push_back(question(questions[index], item_of(member_of(path, "questions"), index))
            );
        return read;
    }

    Question question(const json::Value& value, const std::string& path)
    {
        const auto& object = reader.object(value, path);
        reader.only(
            object,
            path,
            {"type",
             "key",
             "label",
             "hint",
             "purpose",
             "autocomplete",
             "order_name",
             "required",
             "sensitive",
             "max_length",
             "minimum",
             "maximum",
             "past",
             "options",
             "show_if",
             "errors"}
        );
        Question read;
        const auto type = parse_question_type(reader.text(object, path, "type"));
        if (!type)
            reader.refuse(member_of(path, "type"), "a known type of question");
        read.type = type.value_or(QuestionType::text);
        read.key = reader.text(object, path, "key");
        if (!is_key(read.key) || !keys_.insert(read.key).second)
            reader.refuse(member_of(path, "key"), "a dotted lower-case name that no other question has");
        read.label = reader.local_text(object, path, "label");
        read.hint = reader.optional_local_text(object, path, "hint");
        read.show_if = condition(object, path);
        if (read.type == QuestionType::info)
            return read;

        read.purpose = reader.text(object, path, "purpose");
        read.autocomplete = reader.optional_text(object, path, "autocomplete");
        read.order_name = reader.optional_text(object, path, "order_name");
        read.is_required = reader.boolean(object, path, "required", true);
        read.is_sensitive = reader.boolean(object, path, "sensitive", false);
        limits(read, object, path);
        options(read, object, path);
        errors(read, object, path);
        return read;
    }

    void limits(Question& read, const json::Object& object, const std::string& path)
    {
        const auto standard = read.type == QuestionType::longtext ? longest_longtext : longest_text;
        const auto length = reader.optional_integer(object, path, "max_length");
        read.max_length = length && *length > 0 ? static_cast<std::size_t>(*length) : standard;
        read.minimum = reader.optional_integer(object, path, "minimum");
        read.maximum = reader.optional_integer(object, path, "maximum");
        read.is_past = reader.boolean(object, path, "past", false);
        if ((read.minimum || read.maximum) && read.type != QuestionType::number)
            reader.refuse(path, "minimum and maximum at numbers only");
        if (read.is_past && read.type != QuestionType::date)
            reader.refuse(path, "past at dates only");
    }

    void options(Question& read, const json::Object& object, const std::string& path)
    {
        const bool has_options = read.type == QuestionType::radio || read.type == QuestionType::select;
        const auto& options = has_options ? reader.array(object, path, "options")
                                          : reader.optional_array(object, path, "options");
        if (!has_options && !options.empty())
            reader.refuse(member_of(path, "options"), "options at radio and select only");
        std::set<std::string> values;
        for (std::size_t index = 0; index < options.size(); ++index) {
            const auto option_path = item_of(member_of(path, "options"), index);
            const auto& option = reader.object(options[index], option_path);
            reader.only(option, option_path, {"value", "label", "hint"});
            read.options.push_back(
                {reader.text(option, option_path, "value"),
                 reader.local_text(option, option_path, "label"),
                 reader.optional_local_text(option, option_path, "hint")}
            );
            if (!values.insert(read.options.back().value).second)
                reader.refuse(member_of(option_path, "value"), "a value that no other option has");
        }
    }

    // Each rule that can be broken needs its own text, and no text may stand there in vain.
    void errors(Question& read, const json::Object& object, const std::string& path)
    {
        const auto errors_path = member_of(path, "errors");
        const auto rules = rules_of(read);
        const auto* value = object.find("errors");
        const auto& texts = value == nullptr ? json::Object() : reader.object(*value, errors_path);
        for (const auto rule : rules)
            read.errors.emplace(rule, reader.local_text(texts, errors_path, rule));
        for (const auto& [rule, text] : texts) {
            if (!read.errors.contains(rule))
                reader.refuse(member_of(errors_path, rule), "no text: this question cannot break that rule");
        }
    }

    std::optional<Condition> condition(const json::Object& object, const std::string& path)
    {
        const auto text = reader.optional_text(object, path, "show_if");
        if (text.empty())
            return {};
        auto parsed = feel::parse_expression(text);
        if (!parsed) {
            reader.refuse(member_of(path, "show_if"), "FEEL: " + parsed.error().detail);
            return {};
        }
        return *std::move(parsed);
    }

    std::set<std::string> page_ids_;
    std::set<std::string> keys_;
};

}  // namespace

base::Result<Form> Form::parse(const json::Value& document)
{
    FormReader form_reader;
    DefinitionReader& reader = form_reader.reader;
    const auto& object = reader.object(document, "");
    reader.only(object, "", {"format", "email", "second_factor", "pages"});
    if (reader.text(object, "", "format") != "form/1")
        reader.refuse("format", "\"form/1\"");

    Form form;
    form.pages_ = form_reader.pages(object);
    form.email_key_ = reader.text(object, "", "email");
    form.date_of_birth_key_ = reader.text(object, "", "second_factor");
    const auto* email = form.find_question(form.email_key_);
    if (email == nullptr || email->type != QuestionType::email || !email->is_required)
        reader.refuse("email", "the key of a required question of type email");
    const auto* date_of_birth = form.find_question(form.date_of_birth_key_);
    if (date_of_birth == nullptr || date_of_birth->type != QuestionType::date || !date_of_birth->is_required)
        reader.refuse("second_factor", "the key of a required question of type date");
    if (reader.refusal())
        return *reader.refusal();
    return form;
}

}  // namespace catalog
