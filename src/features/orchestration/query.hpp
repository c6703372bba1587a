#pragma once

#include "kit/http/response.hpp"
#include "kit/json/json.hpp"
#include "process/runtime/values.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orchestration {

// A field that a search may ask of its items. What is asked is looked up in the item's member of that name,
// or of another where `shown` names one; a member that is a list fits when one of its entries does.
struct Field {
    std::string_view name;
    std::string_view shown = {};
};

// A comparison with a JSON scalar: {"$gte": …}, or the scalar alone.
struct Comparison {
    enum class Kind { equal, unequal, exists, in, not_in, greater, at_least, less, at_most, like };
    Kind kind = Kind::equal;
    json::Value operand;
};
using Condition = std::vector<Comparison>;  // all must hold

bool fits(const json::Value& value, const Condition& condition);

// What a search of the interface asks for: which items, in which order, which page of them.
class Query {
public:
    // `invalid` with what is wrong in the body: a field, an operator or an order that is not known is
    // refused, never overlooked. `key` is the member that tells items apart; they come in its order where the
    // body wants no other, the highest first with `newest_first`.
    static base::Result<Query> read(
        const json::Value& body,
        std::span<const Field> fields,
        std::string_view key,
        bool newest_first = false
    );

    // The text that a field must be equal to, so that less needs to be read; empty when it need not be.
    std::string equal_to(std::string_view field) const;
    // With a cursor and the newest first: only what has a smaller key than this; else empty.
    std::string key_before() const;
    // Whether variables are asked for: "variables", "processInstanceVariables" or "localVariables".
    bool asks_for_variables() const { return !variables_.empty(); }
    bool fits(const runtime::Variables& variables) const;

    // The page of those that fit. `is_cut`: there may be more items than these. Members that are `hidden` can
    // be asked for, but are not shown.
    http::Response answer(
        std::vector<json::Object> items, bool is_cut, std::initializer_list<std::string_view> hidden = {}
    ) const;

private:
    struct Asked {
        std::string field;
        std::string member;
        Condition condition;
    };
    struct Order {
        std::string member;
        bool is_descending = false;
    };
    struct Page {
        std::size_t from = 0;
        std::size_t limit = 100;
        std::optional<json::Array> after = {};
        std::optional<json::Array> before = {};
    };

    base::Result<> read_filter(const json::Value& body, std::span<const Field> fields);
    base::Result<> read_variables(const json::Value& wanted);
    base::Result<> read_sort(const json::Value& body, std::span<const Field> fields);
    base::Result<> read_page(const json::Value& body);

    json::Array place_of(const json::Object& item) const;
    bool is_before(const json::Array& place, const json::Array& other) const;

    std::vector<Asked> asked_;
    std::vector<std::pair<std::string, Condition>> variables_;
    std::vector<Order> order_;
    Page page_;
};

// More are not read for one search; those that were are then filtered, sorted and counted.
inline constexpr std::size_t most_read = 10'000;

}  // namespace orchestration
