#include "process/feel/operators.hpp"

#include <cstdlib>

namespace feel {

namespace {

std::optional<Value> date_property(const Date& date, std::string_view name)
{
    const auto fields = date.fields();
    if (name == "year")
        return Value(fields.year);
    if (name == "month")
        return Value(fields.month);
    if (name == "day")
        return Value(fields.day);
    if (name == "weekday")
        return Value(date.weekday());
    return std::nullopt;
}

// `offset` is that of the moment, so that summer time counts.
std::optional<Value> time_property(const Time& time, std::int32_t offset, std::string_view name)
{
    if (name == "hour")
        return Value(time.hour());
    if (name == "minute")
        return Value(time.minute());
    if (name == "second")
        return Value(time.second());
    if (name == "time offset")
        return time.zone.is_known() ? Value(DaysDuration{offset, 0}) : Value();
    if (name == "timezone")
        return time.zone.named ? Value(time.zone.name()) : Value();
    return std::nullopt;
}

std::optional<Value> days_property(const DaysDuration& duration, std::string_view name)
{
    const bool turns = duration.seconds < 0 && duration.nanoseconds > 0;
    const std::int64_t total = turns ? duration.seconds + 1 : duration.seconds;
    if (name == "days")
        return Value(total / seconds_per_day);
    if (name == "hours")
        return Value(total / 3'600 % 24);
    if (name == "minutes")
        return Value(total / 60 % 60);
    if (name == "seconds") {
        const std::int64_t fraction =
            turns ? duration.nanoseconds - nanoseconds_per_second : std::int64_t{duration.nanoseconds};
        if (fraction == 0)
            return Value(total % 60);
        return Value(add(Number(total % 60), Number::scaled(fraction, -9).value_or(0)));
    }
    return std::nullopt;
}

std::optional<Value> range_property(const Range& range, std::string_view name)
{
    if (name == "start")
        return range.low;
    if (name == "end")
        return range.high;
    if (name == "start included")
        return Value(range.includes_low);
    if (name == "end included")
        return Value(range.includes_high);
    return std::nullopt;
}

}  // namespace

std::optional<Value> find_property(const Value& value, std::string_view name)
{
    switch (value.kind()) {
    case Kind::date: return date_property(*value.if_date(), name);
    case Kind::time: return time_property(*value.if_time(), value.if_time()->offset(), name);
    case Kind::date_time: {
        const DateTime& moment = *value.if_date_time();
        if (auto property = date_property(moment.date, name))
            return property;
        return time_property(moment.time, moment.offset(), name);
    }
    case Kind::months_duration: {
        const std::int64_t months = value.if_months_duration()->months;
        if (name == "years")
            return Value(months / 12);
        if (name == "months")
            return Value(months % 12);
        return std::nullopt;
    }
    case Kind::days_duration: return days_property(*value.if_days_duration(), name);
    case Kind::range: return range_property(*value.if_range(), name);
    default: return std::nullopt;
    }
}

}  // namespace feel
