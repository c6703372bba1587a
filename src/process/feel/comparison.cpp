#include "process/feel/value.hpp"

namespace feel {

namespace {

// DMN 1.5 table 42 compares times by their properties, and a second is a whole number there.
std::optional<bool> equal_moments(const DateTime& a, const DateTime& b)
{
    if (a.time.zone.is_known() != b.time.zone.is_known())
        return false;
    return a.epoch_second() == b.epoch_second();
}

std::optional<bool> equal_lists(const List& a, const List& b)
{
    if (a.size() != b.size())
        return false;
    for (std::size_t index = 0; index < a.size(); ++index) {
        const auto same = equal(a[index], b[index]);
        if (!same || !*same)
            return same;
    }
    return true;
}

std::optional<bool> equal_contexts(const Context& a, const Context& b)
{
    if (a.size() != b.size())
        return false;
    for (const auto& [name, value] : a) {
        const Value* other = b.find(name);
        if (other == nullptr)
            return false;
        const auto same = equal(value, *other);
        if (!same || !*same)
            return same;
    }
    return true;
}

std::optional<bool> equal_ranges(const Range& a, const Range& b)
{
    if (a.form != b.form || a.includes_low != b.includes_low || a.includes_high != b.includes_high)
        return false;
    const auto low = equal(a.low, b.low);
    if (!low || !*low)
        return low;
    return equal(a.high, b.high);
}

}  // namespace

std::optional<bool> equal(const Value& a, const Value& b)
{
    if (a.is_null() || b.is_null())
        return a.is_null() && b.is_null();
    if (a.kind() != b.kind())
        return std::nullopt;
    switch (a.kind()) {
    case Kind::number: return *a.if_number() == *b.if_number();
    case Kind::string: return *a.if_string() == *b.if_string();
    case Kind::time: return equal_moments(DateTime{{}, *a.if_time()}, DateTime{{}, *b.if_time()});
    case Kind::date_time: return equal_moments(*a.if_date_time(), *b.if_date_time());
    case Kind::list: return equal_lists(*a.if_list(), *b.if_list());
    case Kind::context: return equal_contexts(*a.if_context(), *b.if_context());
    case Kind::range: return equal_ranges(*a.if_range(), *b.if_range());
    case Kind::function:
        if (a.is_same_as(b))
            return true;
        return std::nullopt;
    default: return a.is_same_as(b);
    }
}

std::optional<std::strong_ordering> compare(const Value& a, const Value& b)
{
    if (a.kind() != b.kind())
        return std::nullopt;
    switch (a.kind()) {
    case Kind::number: return *a.if_number() <=> *b.if_number();
    // UTF-8 sorts as code points do.
    case Kind::string: return *a.if_string() <=> *b.if_string();
    case Kind::date: return *a.if_date() <=> *b.if_date();
    case Kind::time: return compare(*a.if_time(), *b.if_time());
    case Kind::date_time: return compare(*a.if_date_time(), *b.if_date_time());
    case Kind::months_duration: return *a.if_months_duration() <=> *b.if_months_duration();
    case Kind::days_duration: return *a.if_days_duration() <=> *b.if_days_duration();
    default: return std::nullopt;
    }
}

std::optional<bool> contains(const Range& range, const Value& value)
{
    if (range.form == Range::Form::exclusion) {
        const auto same = equal(value, range.low);
        return same ? std::optional(!*same) : std::nullopt;
    }
    if (range.form == Range::Form::comparison && range.includes_low && range.includes_high)
        return equal(value, range.low);
    const bool has_gap = range.form == Range::Form::interval ? range.low.is_null() || range.high.is_null()
                                                             : range.low.is_null() && range.high.is_null();
    if (value.is_null() || has_gap)
        return std::nullopt;
    bool is_inside = true;
    if (!range.low.is_null()) {
        const auto order = compare(value, range.low);
        if (!order)
            return std::nullopt;
        is_inside = *order > 0 || (range.includes_low && *order == 0);
    }
    if (!range.high.is_null()) {
        const auto order = compare(value, range.high);
        if (!order)
            return std::nullopt;
        is_inside = is_inside && (*order < 0 || (range.includes_high && *order == 0));
    }
    return is_inside;
}

}  // namespace feel
