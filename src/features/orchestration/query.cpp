#include "features/orchestration/query.hpp"

#include "features/orchestration/exchange.hpp"
#include "kit/crypto/hashing.hpp"

#include <array>
#include <compare>

namespace orchestration {

using base::Done;
using base::Result;

namespace {

constexpr std::array<std::pair<std::string_view, Comparison::Kind>, 10> operators{{
    {"$eq", Comparison::Kind::equal},
    {"$neq", Comparison::Kind::unequal},
    {"$exists", Comparison::Kind::exists},
    {"$in", Comparison::Kind::in},
    {"$notIn", Comparison::Kind::not_in},
    {"$gt", Comparison::Kind::greater},
    {"$gte", Comparison::Kind::at_least},
    {"$lt", Comparison::Kind::less},
    {"$lte", Comparison::Kind::at_most},
    {"$like", Comparison::Kind::like},
}};

// Patterns are matched by trying; a longer one could be made to take for ever.
constexpr std::size_t longest_pattern = 200;
constexpr std::ptrdiff_t most_wildcards = 5;

Result<> check_operand(const std::string& field, const Comparison& comparison)
{
    const auto& operand = comparison.operand;
    const auto refuse = [&](const char* expected) { return wrong("filter." + field + ": " + expected); };
    switch (comparison.kind) {
    case Comparison::Kind::exists:
        return operand.if_bool() ? Result<>(Done{}) : refuse("$exists needs true or false");
    case Comparison::Kind::in:
    case Comparison::Kind::not_in: return operand.if_array() ? Result<>(Done{}) : refuse("a list expected");
    case Comparison::Kind::like: {
        const auto* pattern = operand.if_string();
        const bool is_fine = pattern && pattern->size() <= longest_pattern &&
                             std::ranges::count(*pattern, '*') <= most_wildcards;
        return is_fine ? Result<>(Done{}) : refuse("$like needs a text with five \"*\" at most");
    }
    default:
        return operand.if_array() || operand.if_object()
                   ? refuse("a text, a number or a truth value expected")
                   : Result<>(Done{});
    }
}

Result<Condition> read_condition(const std::string& field, const json::Value& wanted)
{
    Condition condition;
    if (const auto* object = wanted.if_object()) {
        for (const auto& [name, operand] : *object) {
            const auto known =
                std::ranges::find(operators, name, &std::pair<std::string_view, Comparison::Kind>::first);
            if (known == operators.end())
                return wrong("filter." + field + ": " + name + " is not known");
            condition.push_back({known->second, operand});
        }
    } else {
        condition.push_back({Comparison::Kind::equal, wanted});
    }
    for (const auto& comparison : condition)
        if (const auto checked = check_operand(field, comparison); !checked)
            return checked.error();
    return condition;
}

bool is_about_variables(std::string_view field)
{
    return field == "variables" || field == "processInstanceVariables" || field == "localVariables";
}

// Keys are decimal numbers in texts; the longer is the larger. What is not there comes first.
std::weak_ordering order_of(const json::Value& a, const json::Value& b)
{
    const auto is_key = [](const json::Value& value) {
        return value.if_string() && !value.if_string()->empty() &&
               value.if_string()->find_first_not_of("0123456789") == std::string::npos;
    };
    if (is_key(a) && is_key(b) && a.if_string()->size() != b.if_string()->size())
        return a.if_string()->size() <=> b.if_string()->size();
    if (fits(a, {{Comparison::Kind::less, b}}))
        return std::weak_ordering::less;
    if (fits(a, {{Comparison::Kind::greater, b}}))
        return std::weak_ordering::greater;
    return b.is_null() <=> a.is_null();
}

std::string write_cursor(const json::Array& place)
{
    return crypto::base64(json::write(place));
}

Result<json::Array> read_cursor(std::string_view member, const json::Value& cursor, std::size_t size)
{
    const auto bytes = crypto::decode_base64(cursor.string_or());
    const auto place = bytes ? json::parse(*bytes) : base::Result<json::Value>(wrong(""));
    if (!place || !place->if_array() || place->if_array()->size() != size)
        return wrong(
            "page." + std::string(member) + ": a cursor of the same search expected, with the same sort"
        );
    return *place->if_array();
}

}  // namespace

Result<Query>
Query::read(const json::Value& body, std::span<const Field> fields, std::string_view key, bool newest_first)
{
    Query query;
    if (const auto done = query.read_filter(body, fields); !done)
        return done.error();
    if (const auto done = query.read_sort(body, fields); !done)
        return done.error();
    query.order_.push_back({std::string(key), newest_first && query.order_.empty()});
    if (const auto done = query.read_page(body); !done)
        return done.error();
    return query;
}

Result<> Query::read_filter(const json::Value& body, std::span<const Field> fields)
{
    const auto* filter = body.find("filter");
    if (!filter || !filter->if_object())
        return filter && !filter->is_null() ? Result<>(wrong("filter must be an object")) : Done{};
    for (const auto& [name, wanted] : *filter->if_object()) {
        const auto field = std::ranges::find(fields, name, &Field::name);
        if (field == fields.end())
            return wrong("filter." + name + " is not supported");
        if (is_about_variables(name)) {
            if (const auto done = read_variables(wanted); !done)
                return done;
            continue;
        }
        auto condition = read_condition(name, wanted);
        if (!condition)
            return condition.error();
        asked_.push_back({name, std::string(field->shown.empty() ? field->name : field->shown), *condition});
    }
    return Done{};
}

// Their values are JSON, written as a text.
Result<> Query::read_variables(const json::Value& wanted)
{
    for (const auto& one : wanted.if_array() ? *wanted.if_array() : json::Array{json::Value()}) {
        const auto* value = one.find("value");
        if (one.text_of("name").empty() || !value)
            return wrong("filter: variables must be a list of objects with name and value");
        auto condition = read_condition("variables", *value);
        if (!condition)
            return condition.error();
        variables_.emplace_back(one.text_of("name"), *condition);
    }
    return Done{};
}

Result<> Query::read_sort(const json::Value& body, std::span<const Field> fields)
{
    const auto* sort = body.find("sort");
    for (const auto& one : sort && sort->if_array() ? *sort->if_array() : json::Array{}) {
        const auto field = std::ranges::find(fields, one.text_of("field"), &Field::name);
        const auto order = one.text_of("order", "ASC");
        if (field == fields.end() || is_about_variables(field->name))
            return wrong("sort: the field \"" + std::string(one.text_of("field")) + "\" is not supported");
        if (order != "ASC" && order != "DESC")
            return wrong("sort: the order must be ASC or DESC");
        order_.push_back({std::string(field->shown.empty() ? field->name : field->shown), order == "DESC"});
    }
    return Done{};
}

Result<> Query::read_page(const json::Value& body)
{
    const auto* asked = body.find("page");
    if (!asked || asked->is_null())
        return Done{};
    const auto* after = asked->find("after");
    const auto* before = asked->find("before");
    const auto from = asked->find("from") ? asked->find("from")->integer() : 0;
    const auto limit = asked->find("limit") ? asked->find("limit")->integer() : 100;
    if (!from || !limit || *from < 0 || *limit < 1 || *limit > static_cast<std::int64_t>(most_read))
        return wrong("page: from must be 0 or more, limit from 1 to 10,000");
    if ((after != nullptr) + (before != nullptr) + (asked->find("from") != nullptr) > 1)
        return wrong("page: only one of from, after and before");
    page_.from = static_cast<std::size_t>(*from);
    page_.limit = static_cast<std::size_t>(*limit);
    for (const auto& [member, cursor, place] :
         {std::tuple("after", after, &page_.after), std::tuple("before", before, &page_.before)}) {
        if (!cursor)
            continue;
        auto read = read_cursor(member, *cursor, order_.size());
        if (!read)
            return read.error();
        *place = std::move(*read);
    }
    return Done{};
}

std::string Query::equal_to(std::string_view field) const
{
    for (const auto& asked : asked_)
        if (asked.field == field)
            for (const auto& comparison : asked.condition)
                if (comparison.kind == Comparison::Kind::equal && comparison.operand.if_string())
                    return *comparison.operand.if_string();
    return {};
}

std::string Query::key_before() const
{
    if (!page_.after || order_.size() != 1 || !order_.front().is_descending)
        return {};
    return std::string(page_.after->front().string_or());
}

bool Query::fits(const runtime::Variables& variables) const
{
    return std::ranges::all_of(variables_, [&](const auto& wanted) {
        const auto* value = variables.find(wanted.first);
        const json::Value written = value ? json::Value(json::write(feel::to_json(*value))) : json::Value();
        return orchestration::fits(written, wanted.second);
    });
}

// What the items are ordered by; a cursor is the place of the last item that was shown.
json::Array Query::place_of(const json::Object& item) const
{
    json::Array place;
    for (const auto& order : order_) {
        const auto* value = item.find(order.member);
        place.push_back(value ? *value : json::Value());
    }
    return place;
}

bool Query::is_before(const json::Array& place, const json::Array& other) const
{
    for (std::size_t at = 0; at < order_.size(); ++at) {
        const auto ordering = order_of(place[at], other[at]);
        if (ordering != 0)
            return order_[at].is_descending ? ordering > 0 : ordering < 0;
    }
    return false;
}

http::Response Query::answer(
    std::vector<json::Object> items, bool is_cut, std::initializer_list<std::string_view> hidden
) const
{
    struct Placed {
        json::Array place;
        json::Object item;
    };
    std::vector<Placed> fitting;
    for (auto& item : items)
        if (std::ranges::all_of(asked_, [&](const Asked& asked) {
                const auto* value = item.find(asked.member);
                return orchestration::fits(value ? *value : json::Value(), asked.condition);
            }))
            fitting.push_back({place_of(item), std::move(item)});
    std::ranges::stable_sort(fitting, [&](const Placed& a, const Placed& b) {
        return is_before(a.place, b.place);
    });

    auto first = fitting.begin() + static_cast<std::ptrdiff_t>(std::min(page_.from, fitting.size()));
    auto last = fitting.end();
    if (page_.after)
        first = std::ranges::find_if(fitting, [&](const Placed& one) {
            return is_before(*page_.after, one.place);
        });
    if (page_.before) {
        last = std::ranges::find_if(fitting, [&](const Placed& one) {
            return !is_before(one.place, *page_.before);
        });
        first = last - std::min(last - fitting.begin(), static_cast<std::ptrdiff_t>(page_.limit));
    }
    last = first + std::min(last - first, static_cast<std::ptrdiff_t>(page_.limit));

    json::Array shown;
    for (auto one = first; one != last; ++one) {
        for (const auto member : hidden)
            one->item.erase(member);
        shown.emplace_back(std::move(one->item));
    }
    const bool is_empty = first == last;
    return json_response({
        {"items", std::move(shown)},
        {"page",
         json::Object{
             {"totalItems", static_cast<std::int64_t>(fitting.size())},
             {"hasMoreTotalItems", is_cut},
             {"startCursor", is_empty ? json::Value() : json::Value(write_cursor(first->place))},
             {"endCursor", is_empty ? json::Value() : json::Value(write_cursor((last - 1)->place))}}},
    });
}

}  // namespace orchestration
