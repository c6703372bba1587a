#include "platform/catalog/form.hpp"

#include "platform/catalog/field_reader.hpp"
#include "process/feel/evaluate.hpp"

#include <algorithm>

namespace catalog {

namespace {

bool holds(const std::optional<Condition>& condition, const json::Object& answers)
{
    if (!condition)
        return true;
    const feel::Context context{{"answers", feel::from_json(nested(answers))}};
    return feel::evaluate(*condition, context).value.is_true();
}

bool is_answered(const Question& question, const json::Object& answers)
{
    if (question.type == QuestionType::address)
        return answers.find(question.key + ".street") != nullptr;
    return answers.find(question.key) != nullptr;
}

void copy_answers(const Question& question, const json::Object& from, json::Object& to)
{
    for (const auto& key : answer_keys(question)) {
        if (const auto* answer = from.find(key))
            to[key] = *answer;
    }
}

void put_nested(json::Object& object, std::string_view key, const json::Value& value)
{
    const auto dot = key.find('.');
    if (dot == std::string_view::npos) {
        object[key] = value;
        return;
    }
    auto& inner = object[key.substr(0, dot)];
    if (inner.if_object() == nullptr)
        inner = json::Object();
    put_nested(*inner.if_object(), key.substr(dot + 1), value);
}

// Objects whose members are called "1", "2", … become lists.
json::Value with_lists(const json::Value& value)
{
    const auto* object = value.if_object();
    if (object == nullptr)
        return value;
    bool is_numbered = !object->empty();
    std::size_t number = 0;
    for (const auto& [name, member] : *object)
        is_numbered = is_numbered && name == std::to_string(++number);
    json::Array list;
    json::Object members;
    for (const auto& [name, member] : *object) {
        if (is_numbered)
            list.push_back(with_lists(member));
        else
            members.append(name, with_lists(member));
    }
    return is_numbered ? json::Value(std::move(list)) : json::Value(std::move(members));
}

// Whether a page is asked, as far as its own condition and its number go.
bool is_asked(const Page& page, const json::Object& answers)
{
    if (page.item > 0) {
        const auto* count = answers.find(page.count_key);
        if (count == nullptr || count->integer().value_or(0) < page.item)
            return false;
    }
    return holds(page.show_if, answers);
}

}  // namespace

json::Object nested(const json::Object& answers)
{
    json::Object object;
    for (const auto& [key, value] : answers)
        put_nested(object, key, value);
    json::Object listed;
    for (const auto& [name, member] : object)
        listed.append(name, with_lists(member));
    return listed;
}

const Page* Form::find_page(std::string_view id) const
{
    const auto found = std::ranges::find(pages_, id, &Page::id);
    return found == pages_.end() ? nullptr : &*found;
}

const Question* Form::find_question(std::string_view key) const
{
    for (const auto& page : pages_) {
        const auto found = std::ranges::find(page.questions, key, &Question::key);
        if (found != page.questions.end())
            return &*found;
    }
    return nullptr;
}

json::Object Form::asked_only(const json::Object& answers) const
{
    // In the order of asking: whether a question is asked depends on answers that are asked themselves.
    json::Object kept;
    for (const auto& page : pages_) {
        if (!is_asked(page, kept))
            continue;
        for (const auto& question : page.questions) {
            if (holds(question.show_if, kept))
                copy_answers(question, answers, kept);
        }
    }
    return kept;
}

std::vector<const Page*> Form::pages_for(const json::Object& answers) const
{
    const auto kept = asked_only(answers);
    std::vector<const Page*> shown;
    for (const auto& page : pages_) {
        if (is_asked(page, kept))
            shown.push_back(&page);
    }
    return shown;
}

std::vector<const Question*> Form::questions_for(const Page& page, const json::Object& answers) const
{
    const auto kept = asked_only(answers);
    std::vector<const Question*> shown;
    for (const auto& question : page.questions) {
        if (holds(question.show_if, kept))
            shown.push_back(&question);
    }
    return shown;
}

const Page* Form::first_open_page(const json::Object& answers) const
{
    for (const auto* page : pages_for(answers)) {
        for (const auto* question : questions_for(*page, answers)) {
            const bool needs_answer = question->is_required && question->type != QuestionType::info;
            if (needs_answer && !is_answered(*question, answers))
                return page;
        }
    }
    return nullptr;
}

Checked Form::check(
    const Page& page, const http::Fields& fields, const json::Object& answers, const base::Date& today
) const
{
    Checked checked;
    json::Object given = asked_only(answers);
    for (const auto& question : page.questions) {
        for (const auto& key : answer_keys(question))
            given.erase(key);
        if (!holds(question.show_if, given))
            continue;
        const auto read = read_answer(question, fields, today);
        note_reading(question, fields, read, checked);
        for (const auto& [key, value] : read.answers)
            given[key] = value;
    }
    checked.partial = asked_only(given);
    checked.answers = checked.errors.empty() ? checked.partial : answers;
    return checked;
}

json::Object Form::order_of(const json::Object& answers) const
{
    const auto kept = asked_only(answers);
    json::Object order;
    for (const auto& page : pages_) {
        for (const auto& question : page.questions) {
            const auto* answer = kept.find(question.key);
            if (!question.order_name.empty() && answer != nullptr)
                order[question.order_name] = *answer;
        }
    }
    return order;
}

}  // namespace catalog
