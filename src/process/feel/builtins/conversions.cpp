#include "process/feel/ast.hpp"
#include "process/feel/builtins/rows.hpp"
#include "process/feel/operators.hpp"

#include <array>

namespace feel {

namespace {

const std::string& text(const Value& value)
{
    return *value.if_string();
}

Value date_from_text(Caller& caller, Arguments arguments)
{
    return or_refuse(caller, parse_date(text(arguments[0])), "the text is no date (2026-11-25)");
}

Value date_from_value(Caller& caller, Arguments arguments)
{
    if (const auto* moment = arguments[0].if_date_time())
        return moment->date;
    return or_refuse(caller, arguments[0].if_date(), "only a string, a date or a date and time holds a date");
}

Value date_from_parts(Caller& caller, Arguments arguments)
{
    const auto year = arguments[0].if_number()->integer();
    const auto month = arguments[1].if_number()->integer();
    const auto day = arguments[2].if_number()->integer();
    return or_refuse(
        caller, year && month && day ? Date::from(*year, *month, *day) : std::nullopt, "there is no such day"
    );
}

Value moment_from_text(Caller& caller, Arguments arguments)
{
    if (const auto date = parse_date(text(arguments[0])))
        return DateTime{*date, Time{}};
    return or_refuse(
        caller, parse_date_time(text(arguments[0])), "the text is no date and time (2026-11-25T12:00:00Z)"
    );
}

Value moment_from_value(Caller& caller, Arguments arguments)
{
    if (const auto date = arguments[0].if_date())
        return DateTime{*date, Time{0, Zone::utc()}};
    if (arguments[0].kind() == Kind::date_time)
        return arguments[0];
    return refuse(caller, "only a string or a date can become a date and time");
}

Value moment_from_both(Caller& caller, Arguments arguments)
{
    const Time* time = arguments[1].if_time();
    const DateTime* moment = arguments[0].if_date_time();
    const auto date = moment != nullptr ? std::optional(moment->date) : arguments[0].if_date();
    if (!date || time == nullptr)
        return refuse(caller, "a date and a time are needed");
    return DateTime{*date, *time};
}

Value moment_in_zone(Caller& caller, Arguments arguments)
{
    const DateTime& moment = *arguments[0].if_date_time();
    const auto zone = Zone::parse(text(arguments[1]));
    if (!zone)
        return refuse(caller, "there is no time zone \"" + text(arguments[1]) + "\"");
    return DateTime::at(moment.epoch_second(), moment.time.nanosecond % nanoseconds_per_second, *zone);
}

Value time_from_text(Caller& caller, Arguments arguments)
{
    std::string_view source = text(arguments[0]);
    // "T12:00:00Z" is the form of ISO 8601.
    if (source.starts_with('T'))
        source.remove_prefix(1);
    return or_refuse(caller, parse_time(source), "the text is no time (12:30:00)");
}

Value time_from_value(Caller& caller, Arguments arguments)
{
    if (const auto* moment = arguments[0].if_date_time())
        return moment->time;
    if (arguments[0].kind() == Kind::date)
        return Time{0, Zone::utc()};
    if (arguments[0].kind() == Kind::time)
        return arguments[0];
    return refuse(caller, "only a string, a time, a date or a date and time holds a time");
}

// Hour, minute, second (with a fraction) as nanoseconds of the day.
std::optional<std::int64_t> nanosecond_from(const Value& hour, const Value& minute, const Value& second)
{
    const auto hours = hour.if_number()->integer();
    const auto minutes = minute.if_number()->integer();
    const Number seconds = *second.if_number();
    if (!hours || !minutes || *hours < 0 || *hours > 23 || *minutes < 0 || *minutes > 59 || seconds < 0 ||
        seconds >= 60)
        return std::nullopt;
    const std::int64_t whole = *hours * 3'600 + *minutes * 60 + seconds.whole();
    return whole * nanoseconds_per_second + seconds.billionths();
}

Value time_from_parts(Caller& caller, Arguments arguments)
{
    const auto nanosecond = nanosecond_from(arguments[0], arguments[1], arguments[2]);
    Zone zone;
    if (const auto offset = arguments[3].if_days_duration()) {
        if (offset->seconds < -14 * 3'600 || offset->seconds > 14 * 3'600)
            return refuse(caller, "an offset has 14 hours at most");
        zone.offset = static_cast<std::int32_t>(offset->seconds);
    }
    return nanosecond ? Value(Time{*nanosecond, zone}) : refuse(caller, "there is no such time of day");
}

Value moment_from_parts(Caller& caller, Arguments arguments)
{
    const Value date = date_from_parts(caller, arguments.subspan(0, 3));
    const auto nanosecond = nanosecond_from(arguments[3], arguments[4], arguments[5]);
    if (date.is_null() || !nanosecond)
        return refuse(caller, "there is no such moment");
    Zone zone;
    if (const auto offset = arguments[6].if_days_duration())
        zone.offset = static_cast<std::int32_t>(offset->seconds);
    else if (const auto* name = arguments[6].if_string()) {
        const auto named = Zone::parse(*name);
        if (!named)
            return refuse(caller, "there is no time zone \"" + *name + "\"");
        zone = *named;
    }
    return DateTime{*date.if_date(), Time{*nanosecond, zone}};
}

// Separators must differ; the grouping one is a space, comma or point, the decimal one a comma or point.
Value number_from_text(Caller& caller, Arguments arguments)
{
    const auto separator = [&](std::size_t index) {
        return arguments[index].is_null() ? "" : text(arguments[index]);
    };
    const std::string grouping = separator(1);
    const std::string point = separator(2);
    const bool is_good = (grouping.empty() || grouping == " " || grouping == "," || grouping == ".") &&
                         (point.empty() || point == "," || point == ".") &&
                         (point.empty() || point != grouping);
    if (!is_good)
        return refuse(caller, "the separators must differ and be a space, a comma or a point");
    std::string plain;
    for (const char sign : text(arguments[0])) {
        if (!grouping.empty() && sign == grouping[0])
            continue;
        plain += !point.empty() && sign == point[0] ? '.' : sign;
    }
    return or_refuse(caller, Number::parse(plain), "the text is no number");
}

Value number_from_number(Caller&, Arguments arguments)
{
    return arguments[0];
}

Value string_from(Caller& caller, Arguments arguments)
{
    if (arguments[0].is_null())
        return {};
    std::string result = to_text(arguments[0]);
    caller.spend(0, result.size());
    return result;
}

Value duration_from(Caller& caller, Arguments arguments)
{
    if (arguments[0].kind() != Kind::string)
        return refuse(caller, "only a string can become a duration");
    if (const auto days = parse_days_duration(text(arguments[0])))
        return *days;
    return or_refuse(
        caller, parse_months_duration(text(arguments[0])), "the text is no duration (P1Y2M or P3DT4H)"
    );
}

Value months_between_dates(Caller& caller, Arguments arguments)
{
    const auto day = [](const Value& value) {
        return value.if_date_time() != nullptr ? std::optional(value.if_date_time()->date) : value.if_date();
    };
    const auto from = day(arguments[0]);
    const auto to = day(arguments[1]);
    return from && to ? Value(months_between(*from, *to)) : refuse(caller, "two dates are needed");
}

Value range_from(Caller& caller, Arguments arguments)
{
    caller.spend(text(arguments[0]).size());
    const auto parsed = parse_expression(text(arguments[0]));
    if (!parsed)
        return refuse(caller, parsed.error().detail);
    const Node& root = *Tree::of(*parsed)->root;
    // A range of constants is a literal by now.
    if (root.kind == Node::Kind::range)
        return refuse(caller, "the ends of the range must be literals in their order");
    const Range* range =
        root.kind == Node::Kind::literal ? static_cast<const Literal&>(root).value.if_range() : nullptr;
    if (range == nullptr || range->form != Range::Form::interval)
        return refuse(caller, "the text is no range ([1..10])");
    if (!compare(range->low, range->high))
        return refuse(caller, "the ends of the range cannot be compared");
    return *range;
}

constexpr std::array rows{
    Definition{"date", "from: string", "date", standard, "date(\"2012-12-25\")", date_from_text},
    Definition{
        "date",
        "from: Any",
        "date",
        standard,
        "date(@\"2012-12-24T23:59:00\") = @\"2012-12-24\"",
        date_from_value},
    Definition{
        "date",
        "year: number, month: number, day: number",
        "date",
        standard,
        "date(2012, 12, 25)",
        date_from_parts},
    Definition{
        "date and time",
        "from: string",
        "date and time",
        standard,
        "date and time(\"2012-12-24T23:59:00\")",
        moment_from_text},
    Definition{
        "date and time",
        "from: Any",
        "date and time",
        standard,
        "date and time(@\"2012-12-24\") = @\"2012-12-24T00:00:00Z\"",
        moment_from_value},
    Definition{
        "date and time",
        "date: Any, time: time",
        "date and time",
        standard,
        "date and time(@\"2012-12-24\", @\"23:59:00\")",
        moment_from_both},
    Definition{
        "date and time",
        "date: date and time, timezone: string",
        "date and time",
        extension,
        "date and time(@\"2026-07-01T12:00:00Z\", \"Europe/Zurich\") = @\"2026-07-01T14:00:00@Europe/Zurich\"",
        moment_in_zone},
    Definition{
        "date and time",
        "year: number, month: number, day: number, hour: number, minute: number, second: number, [offset: Any]",
        "date and time",
        standard,
        "date and time(2012, 12, 24, 23, 59, 0)",
        moment_from_parts},
    Definition{"time", "from: string", "time", standard, "time(\"23:59:00Z\")", time_from_text},
    Definition{
        "time",
        "from: Any",
        "time",
        standard,
        "time(@\"2012-12-24T23:59:00\") = @\"23:59:00\"",
        time_from_value},
    Definition{
        "time",
        "hour: number, minute: number, second: number, [offset: days and time duration]",
        "time",
        standard,
        "time(23, 59, 0, @\"PT0H\") = @\"23:59:00Z\"",
        time_from_parts},
    Definition{
        "number",
        "from: string, [grouping separator: string], [decimal separator: string]",
        "number",
        standard,
        "number(\"1 000,5\", \" \", \",\") = 1000.5",
        number_from_text},
    Definition{"number", "from: number", "number", extension, "number(12) = 12", number_from_number},
    Definition{"string", "from: Any", "string", standard, "string(1.1) = \"1.1\"", string_from},
    Definition{"duration", "from: Any", "Any", standard, "duration(\"P1DT2H\")", duration_from},
    Definition{
        "years and months duration",
        "from: Any, to: Any",
        "years and months duration",
        standard,
        "years and months duration(@\"2011-12-22\", @\"2013-08-24\") = @\"P1Y8M\"",
        months_between_dates},
    Definition{"range", "from: string", "range", standard, "range(\"[18..21)\") = [18..21)", range_from},
};

}  // namespace

std::span<const Definition> conversion_functions()
{
    return rows;
}

}  // namespace feel
