#pragma once

#include "base/clock.hpp"

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace feel {

constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;
constexpr std::int64_t seconds_per_day = 86'400;

// A day of the proleptic Gregorian calendar, years -999,999,999 to 999,999,999.
struct Date {
    std::int64_t days = 0;  // since 1970-01-01

    struct Fields {
        std::int64_t year;
        int month;
        int day;
    };
    Fields fields() const;
    static std::optional<Date> from(std::int64_t year, std::int64_t month, std::int64_t day);
    // The same day `months` later or earlier, or the last of that month where there is no such day.
    std::optional<Date> plus_months(std::int64_t months) const;
    int weekday() const;  // 1 Monday to 7 Sunday
    int day_of_year() const;
    int week_of_year() const;  // ISO 8601
    int length_of_month() const;

    friend auto operator<=>(const Date&, const Date&) = default;
};

class NamedZone;

// Where a time is local to: nowhere said, a fixed offset, or a zone of the IANA database with its summer
// time.
struct Zone {
    std::optional<std::int32_t> offset;      // seconds east of UTC; of a named zone see `offset_at`
    std::shared_ptr<const NamedZone> named;  // shared by all values of that zone

    static Zone utc() { return {.offset = 0, .named = nullptr}; }
    // "Europe/Zurich", "Z", "+01:00"; nothing when there is no such zone.
    static std::optional<Zone> parse(std::string_view text);

    bool is_known() const { return offset || named; }
    // Seconds east of UTC at a local moment. A moment that summer time skips counts as before the change.
    std::int32_t offset_at(const Date& day, std::int64_t nanosecond) const;
    std::int32_t offset_at_instant(std::int64_t second) const;  // seconds since 1970, UTC
    std::string_view name() const;                              // empty unless named
    std::string text() const;                                   // "", "Z", "+01:00", "@Europe/Zurich"
    friend bool operator==(const Zone& a, const Zone& b);
};

// A time of day, to the nanosecond.
struct Time {
    std::int64_t nanosecond = 0;  // of the day
    Zone zone = {};

    int hour() const;
    int minute() const;
    int second() const;
    std::int32_t offset() const;  // seconds east of UTC, 0 when not known; a named zone's standard time
};

// A day and a time of day.
struct DateTime {
    Date date;
    Time time;

    std::int32_t offset() const;
    std::int64_t epoch_second() const;  // UTC; a moment without zone counts as UTC
    static DateTime at(std::int64_t epoch_second, std::int64_t nanosecond, const Zone& zone);
    static DateTime at(base::Instant instant, const Zone& zone);
};

// A length in years and months.
struct MonthsDuration {
    std::int64_t months = 0;
    friend auto operator<=>(const MonthsDuration&, const MonthsDuration&) = default;
};

// A length in days and time: seconds, and nanoseconds from 0 to 999,999,999 that count forward.
struct DaysDuration {
    std::int64_t seconds = 0;
    std::int32_t nanoseconds = 0;

    static std::optional<DaysDuration> from(std::int64_t seconds, std::int64_t nanoseconds);
    bool is_negative() const { return seconds < 0; }
    friend auto operator<=>(const DaysDuration&, const DaysDuration&) = default;
};

// XML Schema 1.1 lexical forms as DMN 1.5 table 61 uses them. Nothing for other text.
std::optional<Date> parse_date(std::string_view text);
std::optional<Time> parse_time(std::string_view text);
std::optional<DateTime> parse_date_time(std::string_view text);
std::optional<MonthsDuration> parse_months_duration(std::string_view text);
std::optional<DaysDuration> parse_days_duration(std::string_view text);

std::string format(const Date& date);
std::string format(const Time& time);
std::string format(const DateTime& moment);
std::string format(const MonthsDuration& duration);
std::string format(const DaysDuration& duration);

// Nothing when one has a zone and the other has none (DMN 1.5 section 10.3.2.3.6).
std::optional<std::strong_ordering> compare(const Time& a, const Time& b);
std::optional<std::strong_ordering> compare(const DateTime& a, const DateTime& b);

// Nothing outside the years that can be written.
std::optional<DateTime> add(const DateTime& moment, const DaysDuration& duration);
std::optional<DateTime> add(const DateTime& moment, const MonthsDuration& duration);
Time add(const Time& time, const DaysDuration& duration);  // around midnight
// Nothing when only one of the two has a zone.
std::optional<DaysDuration> difference(const DateTime& later, const DateTime& earlier);
std::optional<DaysDuration> difference(const Time& later, const Time& earlier);
// Whole months from `start` to `end`.
MonthsDuration months_between(const Date& start, const Date& end);

}  // namespace feel
