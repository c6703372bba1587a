#include "process/feel/builtins/rows.hpp"

#include <array>

namespace feel {

namespace {

// The day of a date or a moment.
std::optional<Date> day_of(const Value& value)
{
    if (const auto* moment = value.if_date_time())
        return moment->date;
    return value.if_date();
}

constexpr const char* no_date = "a date or a date and time is needed";

Value day_of_year(Caller& caller, Arguments arguments)
{
    const auto day = day_of(arguments[0]);
    return day ? Value(day->day_of_year()) : refuse(caller, no_date);
}

Value day_of_week(Caller& caller, Arguments arguments)
{
    constexpr std::array names{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    const auto day = day_of(arguments[0]);
    return day ? Value(std::string(names[static_cast<std::size_t>(day->weekday() - 1)]))
               : refuse(caller, no_date);
}

Value month_of_year(Caller& caller, Arguments arguments)
{
    constexpr std::array names{
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"};
    const auto day = day_of(arguments[0]);
    return day ? Value(std::string(names[static_cast<std::size_t>(day->fields().month - 1)]))
               : refuse(caller, no_date);
}

Value week_of_year(Caller& caller, Arguments arguments)
{
    const auto day = day_of(arguments[0]);
    return day ? Value(day->week_of_year()) : refuse(caller, no_date);
}

Value last_day_of_month(Caller& caller, Arguments arguments)
{
    const auto day = day_of(arguments[0]);
    if (!day)
        return refuse(caller, no_date);
    return Date{day->days - day->fields().day + day->length_of_month()};
}

std::optional<DateTime> current_moment(Caller& caller)
{
    const auto zone = Zone::parse(caller.environment().zone);
    return zone ? std::optional(DateTime::at(caller.environment().now, *zone)) : std::nullopt;
}

Value now(Caller& caller, Arguments)
{
    return or_refuse(caller, current_moment(caller), "the time zone of the environment is not known");
}

Value today(Caller& caller, Arguments)
{
    const auto moment = current_moment(caller);
    return moment ? Value(moment->date) : refuse(caller, "the time zone of the environment is not known");
}

constexpr std::array rows{
    Definition{
        "day of year", "date: Any", "number", standard, "day of year(date(2019, 9, 17)) = 260", day_of_year},
    Definition{
        "day of week",
        "date: Any",
        "string",
        standard,
        "day of week(date(2019, 9, 17)) = \"Tuesday\"",
        day_of_week},
    Definition{
        "month of year",
        "date: Any",
        "string",
        standard,
        "month of year(date(2019, 9, 17)) = \"September\"",
        month_of_year},
    Definition{
        "week of year",
        "date: Any",
        "number",
        standard,
        "week of year(date(2019, 9, 17)) = 38",
        week_of_year},
    Definition{
        "last day of month",
        "date: Any",
        "date",
        extension,
        "last day of month(@\"2024-02-10\") = @\"2024-02-29\"",
        last_day_of_month},
    Definition{"now", "", "date and time", standard, "now()", now},
    Definition{"today", "", "date", standard, "today()", today},
};

}  // namespace

std::span<const Definition> temporal_functions()
{
    return rows;
}

}  // namespace feel
