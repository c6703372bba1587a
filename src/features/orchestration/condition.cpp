#include "features/orchestration/query.hpp"
#include "process/feel/number.hpp"
#include "process/feel/temporal.hpp"

#include <algorithm>
#include <compare>

namespace orchestration {

namespace {

// Numbers by their value, dates with times by their moment, other texts by their bytes; nothing for what
// cannot be compared.
std::optional<std::strong_ordering> compare_scalars(const json::Value& a, const json::Value& b)
{
    const auto number_of = [](const json::Value& value) -> std::optional<feel::Number> {
        const auto* number = value.if_number();
        return number ? feel::Number::parse(number->text) : std::nullopt;
    };
    const auto left = number_of(a);
    const auto right = number_of(b);
    if (left && right)
        return *left < *right   ? std::strong_ordering::less
               : *right < *left ? std::strong_ordering::greater
                                : std::strong_ordering::equal;
    if (a.if_bool() && b.if_bool())
        return *a.if_bool() <=> *b.if_bool();
    const auto* text = a.if_string();
    const auto* other = b.if_string();
    if (!text || !other)
        return std::nullopt;
    const auto moment = feel::parse_date_time(*text);
    const auto other_moment = feel::parse_date_time(*other);
    if (moment && other_moment)
        if (const auto ordering = feel::compare(*moment, *other_moment))
            return ordering;
    return *text <=> *other;
}

// '*' stands for any text, '?' for one character, '\' before one of them for itself.
bool is_like(std::string_view text, std::string_view pattern)
{
    while (!pattern.empty()) {
        if (pattern.front() == '*') {
            pattern.remove_prefix(1);
            for (std::size_t skipped = 0; skipped <= text.size(); ++skipped)
                if (is_like(text.substr(skipped), pattern))
                    return true;
            return false;
        }
        const bool is_any = pattern.front() == '?';
        if (pattern.front() == '\\' && pattern.size() > 1)
            pattern.remove_prefix(1);
        if (text.empty() || (!is_any && text.front() != pattern.front()))
            return false;
        text.remove_prefix(1);
        pattern.remove_prefix(1);
    }
    return text.empty();
}

bool is_equal(const json::Value& value, const json::Value& operand)
{
    const auto ordering = compare_scalars(value, operand);
    return ordering ? *ordering == 0 : value == operand;
}

bool is_one_of(const json::Value& value, const json::Value& operand)
{
    const auto* list = operand.if_array();
    return list && std::ranges::any_of(*list, [&](const json::Value& one) { return is_equal(value, one); });
}

bool holds(const json::Value& value, const Comparison& comparison)
{
    const auto& operand = comparison.operand;
    const auto ordering = compare_scalars(value, operand);
    switch (comparison.kind) {
    case Comparison::Kind::equal: return is_equal(value, operand);
    case Comparison::Kind::unequal: return !is_equal(value, operand);
    case Comparison::Kind::exists: return value.is_null() != (operand.if_bool() && *operand.if_bool());
    case Comparison::Kind::in: return is_one_of(value, operand);
    case Comparison::Kind::not_in: return !is_one_of(value, operand);
    case Comparison::Kind::greater: return ordering && *ordering > 0;
    case Comparison::Kind::at_least: return ordering && *ordering >= 0;
    case Comparison::Kind::less: return ordering && *ordering < 0;
    case Comparison::Kind::at_most: return ordering && *ordering <= 0;
    case Comparison::Kind::like: return value.if_string() && is_like(*value.if_string(), operand.string_or());
    }
    return false;
}

}  // namespace

bool fits(const json::Value& value, const Condition& condition)
{
    return std::ranges::all_of(condition, [&](const Comparison& comparison) {
        const auto* list = value.if_array();
        if (!list || comparison.kind == Comparison::Kind::exists)
            return holds(value, comparison);
        // What must not be is true of none of the entries, anything else of one.
        const bool is_negative =
            comparison.kind == Comparison::Kind::unequal || comparison.kind == Comparison::Kind::not_in;
        const auto entry_holds = [&](const json::Value& entry) { return holds(entry, comparison); };
        return is_negative ? std::ranges::all_of(*list, entry_holds)
                           : std::ranges::any_of(*list, entry_holds);
    });
}

}  // namespace orchestration
