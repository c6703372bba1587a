#include "process/feel/operators.hpp"

#include <array>

namespace feel {

namespace {

std::optional<Value> wrap(const std::optional<Number>& number)
{
    return number ? std::optional<Value>(*number) : std::nullopt;
}

// A date is midnight UTC where a moment is needed (DMN 1.5 section 10.3.2.3.7).
DateTime to_moment(const Value& value)
{
    const DateTime* moment = value.if_date_time();
    return moment != nullptr ? *moment : DateTime{*value.if_date(), Time{0, Zone::utc()}};
}

bool is_day_or_moment(const Value& value)
{
    return value.kind() == Kind::date || value.kind() == Kind::date_time;
}

Number total_seconds(const DaysDuration& duration)
{
    const auto fraction = Number::scaled(duration.nanoseconds, -9).value_or(0);
    return add(Number(duration.seconds), fraction).value_or(0);
}

std::optional<Value> duration_of(const std::optional<Number>& seconds)
{
    if (!seconds || seconds->absolute() > Number(std::int64_t{9'000'000'000'000'000'000}))
        return std::nullopt;
    const auto duration = DaysDuration::from(seconds->whole(), seconds->billionths());
    return duration ? std::optional<Value>(*duration) : std::nullopt;
}

std::optional<Value> months_of(const std::optional<Number>& months)
{
    const auto whole = months ? months->rounded(0, Rounding::down) : std::nullopt;
    const auto fitting = whole ? whole->integer() : std::nullopt;
    return fitting ? std::optional<Value>(MonthsDuration{*fitting}) : std::nullopt;
}

std::optional<Value> plus_duration(const Value& start, const Value& duration)
{
    if (const auto months = duration.if_months_duration()) {
        if (const auto date = start.if_date()) {
            const auto later = date->plus_months(months->months);
            return later ? std::optional<Value>(*later) : std::nullopt;
        }
        const DateTime* moment = start.if_date_time();
        const auto later = moment != nullptr ? add(*moment, *months) : std::nullopt;
        return later ? std::optional<Value>(*later) : std::nullopt;
    }
    const auto days = duration.if_days_duration();
    if (!days)
        return std::nullopt;
    if (const Time* time = start.if_time())
        return add(*time, *days);
    if (!is_day_or_moment(start))
        return std::nullopt;
    const auto later = add(to_moment(start), *days);
    if (!later)
        return std::nullopt;
    return start.kind() == Kind::date ? Value(later->date) : Value(*later);
}

std::optional<Value> plus_durations(const Value& a, const Value& b)
{
    if (const auto months = a.if_months_duration(); months && b.kind() == Kind::months_duration) {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(months->months, b.if_months_duration()->months, &sum))
            return std::nullopt;
        return MonthsDuration{sum};
    }
    if (const auto days = a.if_days_duration(); days && b.kind() == Kind::days_duration) {
        const auto other = *b.if_days_duration();
        std::int64_t seconds = 0;
        if (__builtin_add_overflow(days->seconds, other.seconds, &seconds))
            return std::nullopt;
        const auto sum = DaysDuration::from(seconds, std::int64_t{days->nanoseconds} + other.nanoseconds);
        return sum ? std::optional<Value>(*sum) : std::nullopt;
    }
    return std::nullopt;
}

bool is_duration(const Value& value)
{
    return value.kind() == Kind::months_duration || value.kind() == Kind::days_duration;
}

std::optional<Value> plus(const Value& left, const Value& right)
{
    if (left.kind() == Kind::string && right.kind() == Kind::string)
        return *left.if_string() + *right.if_string();
    if (is_duration(left) && is_duration(right))
        return plus_durations(left, right);
    return is_duration(right) ? plus_duration(left, right) : plus_duration(right, left);
}

std::optional<Value> minus(const Value& left, const Value& right)
{
    if (is_duration(right)) {
        const auto negated = negate(right);
        if (!negated)
            return std::nullopt;
        return is_duration(left) ? plus_durations(left, *negated) : plus_duration(left, *negated);
    }
    std::optional<DaysDuration> between;
    if (left.kind() == Kind::time && right.kind() == Kind::time)
        between = difference(*left.if_time(), *right.if_time());
    else if (is_day_or_moment(left) && is_day_or_moment(right))
        between = difference(to_moment(left), to_moment(right));
    return between ? std::optional<Value>(*between) : std::nullopt;
}

std::optional<Value> times(const Value& duration, const Value& factor)
{
    const auto number = factor.if_number();
    if (!number)
        return std::nullopt;
    if (const auto months = duration.if_months_duration())
        return months_of(multiply(Number(months->months), *number));
    if (const auto days = duration.if_days_duration())
        return duration_of(multiply(total_seconds(*days), *number));
    return std::nullopt;
}

std::optional<Value> divided(const Value& left, const Value& right)
{
    const auto months = left.if_months_duration();
    const auto days = left.if_days_duration();
    if (const auto number = right.if_number()) {
        if (months)
            return months_of(divide(Number(months->months), *number));
        return days ? duration_of(divide(total_seconds(*days), *number)) : std::nullopt;
    }
    if (months && right.kind() == Kind::months_duration)
        return wrap(divide(Number(months->months), Number(right.if_months_duration()->months)));
    if (days && right.kind() == Kind::days_duration)
        return wrap(divide(total_seconds(*days), total_seconds(*right.if_days_duration())));
    return std::nullopt;
}

}  // namespace

std::optional<Value> calculate(Operator operation, const Value& left, const Value& right)
{
    if (left.kind() == Kind::number && right.kind() == Kind::number)
        return wrap(calculate(operation, *left.if_number(), *right.if_number()));
    switch (operation) {
    case Operator::add: return plus(left, right);
    case Operator::subtract: return minus(left, right);
    case Operator::multiply: return left.kind() == Kind::number ? times(right, left) : times(left, right);
    case Operator::divide: return divided(left, right);
    default: return std::nullopt;
    }
}

std::optional<Value> negate(const Value& value)
{
    if (const auto number = value.if_number())
        return number->negated();
    if (const auto months = value.if_months_duration())
        return MonthsDuration{-months->months};
    if (const auto days = value.if_days_duration()) {
        const auto negated = DaysDuration::from(-days->seconds, -std::int64_t{days->nanoseconds});
        return negated ? std::optional<Value>(*negated) : std::nullopt;
    }
    return std::nullopt;
}

std::string_view sign_of(Operator operation)
{
    constexpr std::array<std::string_view, 13> signs{
        "or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "**"};
    return signs[static_cast<std::size_t>(operation)];
}

std::string_view name_of(Kind kind)
{
    constexpr std::array<std::string_view, 13> names{
        "null",
        "boolean",
        "number",
        "string",
        "date",
        "time",
        "date and time",
        "years and months duration",
        "days and time duration",
        "list",
        "context",
        "range",
        "function"};
    return names[static_cast<std::size_t>(kind)];
}

}  // namespace feel
