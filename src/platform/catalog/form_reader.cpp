#include "base/text.hpp"
#include "platform/catalog/answer_text.hpp"
#include "platform/catalog/definition_reader.hpp"
#include "platform/catalog/form.hpp"
#include "platform/catalog/library.hpp"

#include <optional>
#include <set>

namespace catalog {

namespace {

constexpr std::size_t longest_text = 100;  // official names (eCH-0044)
constexpr std::size_t longest_longtext = 2000;
constexpr int most_repeated = 20;
constexpr int oldest_minimum_age = 100;
// Where the blocks for persons and contact ask for them.
constexpr std::string_view usual_email = "contact.email";
constexpr std::string_view usual_second_factor = "person.date_of_birth";

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

// A text with {name} replaced in every language.
LocalText filled(LocalText text, std::string_view name, const LocalText& values)
{
    std::string placeholder = "{";
    placeholder += name;
    placeholder += "}";
    for (const auto language : html::all_languages) {
        auto& words = text.in(language);
        words = base::replace_all(words, placeholder, values.in(language));
    }
    return text;
}

LocalText filled(LocalText text, std::string_view name, const std::string& value)
{
    LocalText values;
    for (const auto language : html::all_languages)
        values.in(language) = value;
    return filled(std::move(text), name, values);
}

// What a form says before its pages.
struct Head {
    std::string email_key;
    std::string date_of_birth_key;
    int minimum_age = 0;
};

class FormReader {
public:
    explicit FormReader(const Library& library) : library_(library) {}

    // To be read first: pages depend on it.
    const Head& head(const json::Object& form)
    {
        const auto key_or = [&](std::string_view member, std::string_view usual) {
            auto key = reader.optional_text(form, "", member);
            return key.empty() ? std::string(usual) : key;
        };
        const auto age = reader.optional_integer(form, "", "minimum_age").value_or(0);
        if (age < 0 || age > oldest_minimum_age)
            reader.refuse("minimum_age", "years from 0 to 100");
        head_ = {
            key_or("email", usual_email),
            key_or("second_factor", usual_second_factor),
            static_cast<int>(age)};
        return head_;
    }

    std::vector<Page> pages(const json::Object& form)
    {
        add_pages(reader.array(form, "", "pages"), "pages", {});
        return std::move(pages_);
    }

    DefinitionReader reader;

private:
    void add_pages(const json::Array& pages, const std::string& path, const std::optional<Condition>& given)
    {
        for (std::size_t index = 0; index < pages.size(); ++index) {
            const auto page_path = item_of(path, index);
            const auto& object = reader.object(pages[index], page_path);
            if (object.find("block") == nullptr)
                add_page(object, page_path, given);
            else if (const auto block = block_of(object, page_path, "pages"))
                add_pages(*block->items, block->path, condition(object, page_path));
        }
    }

    struct Block {
        const json::Array* items;
        std::string path;  // of the items, for messages
    };

    // What {"block": name} stands for; nullopt and a refusal when there is no such block of that kind.
    std::optional<Block>
    block_of(const json::Object& object, const std::string& path, std::string_view member)
    {
        reader.only(object, path, {"block", "show_if"});
        const auto name = reader.text(object, path, "block");
        const auto found = library_.blocks.find(name);
        if (found == library_.blocks.end()) {
            reader.refuse(member_of(path, "block"), "the name of a file in blocks/");
            return {};
        }
        const std::string block_path = "blocks/" + name;
        const auto& block = reader.object(found->second, block_path);
        reader.only(block, block_path, {"format", member});
        if (reader.text(block, block_path, "format") != "block/1")
            reader.refuse(member_of(block_path, "format"), "\"block/1\"");
        return Block{&reader.array(block, block_path, member), member_of(block_path, member)};
    }

    void add_page(const json::Object& object, const std::string& path, const std::optional<Condition>& given)
    {
        reader.only(object, path, {"id", "title", "description", "show_if", "repeat", "questions"});
        Page read;
        read.id = reader.text(object, path, "id");
        if (!is_key(read.id) || !page_ids_.insert(read.id).second)
            reader.refuse(member_of(path, "id"), "an id of lower-case letters that no other page has");
        read.title = reader.local_text(object, path, "title");
        read.description = reader.optional_local_text(object, path, "description");
        read.show_if = condition(object, path);
        if (!read.show_if)
            read.show_if = given;
        if (object.find("repeat") != nullptr)
            return add_repeated(std::move(read), object, path);
        add_questions(read.questions, reader.array(object, path, "questions"), member_of(path, "questions"));
        pages_.push_back(std::move(read));
    }

    // A page for each of several: as many as may be, each asked when there are so many.
    void add_repeated(Page page, const json::Object& object, const std::string& path)
    {
        const auto repeat_path = member_of(path, "repeat");
        const auto& repeat = reader.object(*object.find("repeat"), repeat_path);
        reader.only(repeat, repeat_path, {"key", "count", "maximum"});
        const auto key = reader.text(repeat, repeat_path, "key");
        page.count_key = reader.text(repeat, repeat_path, "count");
        const auto maximum = reader.optional_integer(repeat, repeat_path, "maximum").value_or(0);
        if (!is_key(key))
            reader.refuse(member_of(repeat_path, "key"), "a dotted lower-case name");
        if (maximum < 1 || maximum > most_repeated)
            reader.refuse(member_of(repeat_path, "maximum"), "a whole number from 1 to 20");
        if (!numbers_.contains(page.count_key))
            reader.refuse(member_of(repeat_path, "count"), "the key of a number asked before");
        const auto id = page.id;
        const auto title = page.title;
        for (int item = 1; item <= static_cast<int>(maximum) && !reader.refusal(); ++item) {
            page.item = item;
            page.id = id + std::to_string(item);
            page.title = filled(title, "number", std::to_string(item));
            page.questions.clear();
            prefix_ = key + "." + std::to_string(item) + ".";
            add_questions(
                page.questions, reader.array(object, path, "questions"), member_of(path, "questions")
            );
            prefix_.clear();
            pages_.push_back(page);
        }
    }

    void add_questions(std::vector<Question>& to, const json::Array& questions, const std::string& path)
    {
        for (std::size_t index = 0; index < questions.size(); ++index) {
            const auto question_path = item_of(path, index);
            const auto& object = reader.object(questions[index], question_path);
            if (object.find("block") == nullptr) {
                to.push_back(question(questions[index], question_path));
                continue;
            }
            const auto block = block_of(object, question_path, "questions");
            if (!block)
                continue;
            const auto first = to.size();
            add_questions(to, *block->items, block->path);
            if (const auto given = condition(object, question_path))
                for (auto at = first; at < to.size(); ++at)
                    if (!to[at].show_if)
                        to[at].show_if = given;
        }
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
             "future",
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
        const bool is_well_formed = is_key(read.key);
        read.key.insert(0, prefix_);
        if (!is_well_formed || !keys_.insert(read.key).second)
            reader.refuse(member_of(path, "key"), "a dotted lower-case name that no other question has");
        read.label = reader.local_text(object, path, "label");
        read.hint = reader.optional_local_text(object, path, "hint");
        read.show_if = condition(object, path);
        if (read.show_if && !prefix_.empty())
            reader.refuse(member_of(path, "show_if"), "no condition within a repeated page");
        if (read.type == QuestionType::info)
            return read;
        if (read.type == QuestionType::number)
            numbers_.insert(read.key);

        read.purpose = reader.text(object, path, "purpose");
        read.autocomplete = reader.optional_text(object, path, "autocomplete");
        read.order_name = reader.optional_text(object, path, "order_name");
        if (!read.order_name.empty() && !prefix_.empty())
            reader.refuse(member_of(path, "order_name"), "no order_name within a repeated page");
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
        read.is_future = reader.boolean(object, path, "future", false);
        const bool is_number = read.type == QuestionType::number || read.type == QuestionType::money;
        if ((read.minimum || read.maximum) && !is_number)
            reader.refuse(path, "minimum and maximum at number and money only");
        if ((read.is_past || read.is_future) && read.type != QuestionType::date)
            reader.refuse(path, "past and future at dates only");
        if (read.key == head_.date_of_birth_key && read.type == QuestionType::date)
            read.minimum_age = head_.minimum_age;
    }

    void options(Question& read, const json::Object& object, const std::string& path)
    {
        const bool has_options = read.type == QuestionType::radio || read.type == QuestionType::select ||
                                 read.type == QuestionType::checkboxes;
        const auto& options = has_options ? reader.array(object, path, "options")
                                          : reader.optional_array(object, path, "options");
        if (!has_options && !options.empty())
            reader.refuse(member_of(path, "options"), "options at radio, select and checkboxes only");
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

    // Each rule that can be broken needs a text: the question's own or the library's; and no text may stand
    // there in vain.
    void errors(Question& read, const json::Object& object, const std::string& path)
    {
        const auto errors_path = member_of(path, "errors");
        const auto rules = rules_of(read);
        const auto* value = object.find("errors");
        const auto& texts = value == nullptr ? json::Object() : reader.object(*value, errors_path);
        for (const auto rule : rules) {
            const auto* shared = texts.find(rule) == nullptr ? shared_wording(read.type, rule) : nullptr;
            read.errors.emplace(
                rule, shared == nullptr ? reader.local_text(texts, errors_path, rule) : worded(*shared, read)
            );
        }
        for (const auto& [rule, text] : texts) {
            if (!read.errors.contains(rule))
                reader.refuse(member_of(errors_path, rule), "no text: this question cannot break that rule");
        }
    }

    const LocalText* shared_wording(QuestionType type, std::string_view rule) const
    {
        for (const auto owner : {name_of(type), std::string_view("any")}) {
            std::string name(owner);
            name += '.';
            name += rule;
            if (const auto found = library_.wording.find(name); found != library_.wording.end())
                return &found->second;
        }
        return nullptr;
    }

    static LocalText worded(LocalText text, const Question& question)
    {
        const auto shown = [&](std::optional<std::int64_t> number) {
            if (!number)
                return std::string();
            return question.type == QuestionType::money ? show_francs(*number) : std::to_string(*number);
        };
        text = filled(std::move(text), "minimum", shown(question.minimum));
        text = filled(std::move(text), "maximum", shown(question.maximum));
        text = filled(std::move(text), "max_length", std::to_string(question.max_length));
        text = filled(std::move(text), "age", std::to_string(question.minimum_age));
        return filled(std::move(text), "label", question.label);
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

    const Library& library_;
    Head head_;
    std::vector<Page> pages_;
    std::string prefix_;  // of the keys, within a repeated page
    std::set<std::string> page_ids_;
    std::set<std::string> keys_;
    std::set<std::string> numbers_;  // keys of numbers so far
};

}  // namespace

base::Result<Form> Form::parse(const json::Value& document, const Library& library)
{
    FormReader form_reader(library);
    DefinitionReader& reader = form_reader.reader;
    const auto& object = reader.object(document, "");
    reader.only(object, "", {"format", "email", "second_factor", "minimum_age", "pages"});
    if (reader.text(object, "", "format") != "form/1")
        reader.refuse("format", "\"form/1\"");

    Form form;
    const auto& head = form_reader.head(object);
    form.email_key_ = head.email_key;
    form.date_of_birth_key_ = head.date_of_birth_key;
    form.minimum_age_ = head.minimum_age;
    form.pages_ = form_reader.pages(object);
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
