#include "process/feel/builtins/rows.hpp"

#include <array>

namespace feel {

namespace {

// A point is a range that holds just it (DMN 1.5 section 10.3.4.7).
struct Span {
    Value low;
    Value high;
    bool includes_low = true;
    bool includes_high = true;
    bool is_point = false;
};

Span span_of(const Value& value)
{
    if (const Range* range = value.if_range())
        return {range->low, range->high, range->includes_low, range->includes_high, false};
    return {value, value, true, true, true};
}

// Thrown inside this file when two ends cannot be compared; every relation is null then.
struct Incomparable {};

std::strong_ordering order(const Value& a, const Value& b)
{
    const auto found = compare(a, b);
    if (!found)
        throw Incomparable{};
    return *found;
}

bool is_before(const Span& a, const Span& b)
{
    const auto gap = order(a.high, b.low);
    return gap < 0 || (gap == 0 && !(a.includes_high && b.includes_low));
}

// a.low lies at or before b.low, and takes it in if b does.
bool starts_no_later(const Span& a, const Span& b)
{
    const auto gap = order(a.low, b.low);
    return gap < 0 || (gap == 0 && (a.includes_low || !b.includes_low));
}

bool ends_no_earlier(const Span& a, const Span& b)
{
    const auto gap = order(a.high, b.high);
    return gap > 0 || (gap == 0 && (a.includes_high || !b.includes_high));
}

bool same_start(const Span& a, const Span& b)
{
    return order(a.low, b.low) == 0 && a.includes_low == b.includes_low;
}

bool same_end(const Span& a, const Span& b)
{
    return order(a.high, b.high) == 0 && a.includes_high == b.includes_high;
}

bool includes(const Span& a, const Span& b)
{
    return starts_no_later(a, b) && ends_no_earlier(a, b);
}

bool meets(const Span& a, const Span& b)
{
    return !a.is_point && !b.is_point && a.includes_high && b.includes_low && order(a.high, b.low) == 0;
}

bool overlaps(const Span& a, const Span& b)
{
    return !a.is_point && !b.is_point && !is_before(a, b) && !is_before(b, a);
}

bool overlaps_before(const Span& a, const Span& b)
{
    if (a.is_point || b.is_point || is_before(a, b) || is_before(b, a))
        return false;
    const auto start = order(a.low, b.low);
    const bool starts_before = start < 0 || (start == 0 && a.includes_low && !b.includes_low);
    const auto end = order(a.high, b.high);
    const bool ends_before = end < 0 || (end == 0 && (!a.includes_high || b.includes_high));
    return starts_before && ends_before;
}

bool overlaps_after(const Span& a, const Span& b)
{
    if (a.is_point || b.is_point || is_before(a, b) || is_before(b, a))
        return false;
    const auto start = order(a.low, b.low);
    const bool starts_after = start > 0 || (start == 0 && !a.includes_low && b.includes_low);
    const auto end = order(a.high, b.high);
    const bool ends_after = end > 0 || (end == 0 && (a.includes_high || !b.includes_high));
    return starts_after && ends_after;
}

bool finishes(const Span& a, const Span& b)
{
    if (a.is_point)
        return b.includes_high && order(a.high, b.high) == 0;
    return same_end(a, b) && starts_no_later(b, a);
}

bool starts(const Span& a, const Span& b)
{
    if (a.is_point)
        return b.includes_low && order(a.low, b.low) == 0;
    return same_start(a, b) && ends_no_earlier(b, a);
}

bool coincides(const Span& a, const Span& b)
{
    return same_start(a, b) && same_end(a, b);
}

template <bool (*relation)(const Span&, const Span&)>
Value relate(Caller& caller, Arguments arguments)
{
    try {
        return relation(span_of(arguments[0]), span_of(arguments[1]));
    } catch (const Incomparable&) {
        return refuse(caller, "the ends of the two cannot be compared");
    }
}

// The relation seen from the second.
template <bool (*relation)(const Span&, const Span&)>
Value relate_reversed(Caller& caller, Arguments arguments)
{
    const std::array reversed{arguments[1], arguments[0]};
    return relate<relation>(caller, reversed);
}

constexpr std::array rows{
    Definition{"before", "a: Any, b: Any", "boolean", standard, "before(1, [2..10])", relate<is_before>},
    Definition{
        "after", "a: Any, b: Any", "boolean", standard, "after([5..10], 3)", relate_reversed<is_before>},
    Definition{
        "meets",
        "range1: range, range2: range",
        "boolean",
        standard,
        "meets([1..5], [5..10])",
        relate<meets>},
    Definition{
        "met by",
        "range1: range, range2: range",
        "boolean",
        standard,
        "met by([5..10], [1..5])",
        relate_reversed<meets>},
    Definition{
        "overlaps",
        "range1: range, range2: range",
        "boolean",
        standard,
        "overlaps([1..5], [3..8])",
        relate<overlaps>},
    Definition{
        "overlaps before",
        "range1: range, range2: range",
        "boolean",
        standard,
        "overlaps before([1..5], [3..8])",
        relate<overlaps_before>},
    Definition{
        "overlaps after",
        "range1: range, range2: range",
        "boolean",
        standard,
        "overlaps after([3..8], [1..5])",
        relate<overlaps_after>},
    Definition{
        "finishes", "a: Any, range: range", "boolean", standard, "finishes(10, [1..10])", relate<finishes>},
    Definition{
        "finished by",
        "range: range, a: Any",
        "boolean",
        standard,
        "finished by([1..10], 10)",
        relate_reversed<finishes>},
    Definition{
        "includes", "range: range, a: Any", "boolean", standard, "includes([1..10], 5)", relate<includes>},
    Definition{
        "during",
        "a: Any, range: range",
        "boolean",
        standard,
        "during(5, [1..10])",
        relate_reversed<includes>},
    Definition{"starts", "a: Any, range: range", "boolean", standard, "starts(1, [1..10])", relate<starts>},
    Definition{
        "started by",
        "range: range, a: Any",
        "boolean",
        standard,
        "started by([1..10], 1)",
        relate_reversed<starts>},
    Definition{
        "coincides", "a: Any, b: Any", "boolean", standard, "coincides([1..5], [1..5])", relate<coincides>},
};

}  // namespace

std::span<const Definition> range_functions()
{
    return rows;
}

}  // namespace feel
