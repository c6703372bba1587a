#include "process/feel/temporal.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace feel {

namespace {

constexpr std::int64_t last_year = 999'999'999;

std::int64_t floor_divide(std::int64_t a, std::int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

std::int64_t floor_modulo(std::int64_t a, std::int64_t b)
{
    return (a % b + b) % b;
}

bool is_leap(std::int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in(std::int64_t year, int month)
{
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

// Days since 1970-01-01; the year is counted from March, so that the leap day is its last.
std::int64_t days_from(std::int64_t year, int month, int day)
{
    const std::int64_t shifted = month <= 2 ? year - 1 : year;
    const std::int64_t era = floor_divide(shifted, 400);
    const std::int64_t year_of_era = shifted - era * 400;
    const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + day_of_era - 719'468;
}

int iso_weeks_in(std::int64_t year)
{
    const auto is_long = [](std::int64_t each) { return Date::from(each, 12, 31)->weekday() == 4; };
    return is_long(year) || Date::from(year - 1, 12, 31)->weekday() == 3 ? 53 : 52;
}

}  // namespace

Date::Fields Date::fields() const
{
    const std::int64_t shifted = days + 719'468;
    const std::int64_t era = floor_divide(shifted, 146'097);
    const std::int64_t day_of_era = shifted - era * 146'097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    const int day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    const int month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

std::optional<Date> Date::from(std::int64_t year, std::int64_t month, std::int64_t day)
{
    if (year < -last_year || year > last_year || month < 1 || month > 12)
        return std::nullopt;
    if (day < 1 || day > days_in(year, static_cast<int>(month)))
        return std::nullopt;
    return Date{days_from(year, static_cast<int>(month), static_cast<int>(day))};
}

std::optional<Date> Date::plus_months(std::int64_t months) const
{
    if (months > last_year * 24 || months < -last_year * 24)
        return std::nullopt;
    const Fields now = fields();
    const std::int64_t count = now.year * 12 + now.month - 1 + months;
    const std::int64_t year = floor_divide(count, 12);
    const int month = static_cast<int>(floor_modulo(count, 12)) + 1;
    return from(year, month, std::min(now.day, days_in(year, month)));
}

int Date::weekday() const
{
    return static_cast<int>(floor_modulo(days + 3, 7)) + 1;
}

int Date::day_of_year() const
{
    return static_cast<int>(days - days_from(fields().year, 1, 1)) + 1;
}

int Date::week_of_year() const
{
    const int week = (day_of_year() - weekday() + 10) / 7;
    const std::int64_t year = fields().year;
    if (week < 1)
        return iso_weeks_in(year - 1);
    return week > iso_weeks_in(year) ? 1 : week;
}

int Date::length_of_month() const
{
    const Fields now = fields();
    return days_in(now.year, now.month);
}

int Time::hour() const
{
    return static_cast<int>(nanosecond / (3'600 * nanoseconds_per_second));
}

int Time::minute() const
{
    return static_cast<int>(nanosecond / (60 * nanoseconds_per_second) % 60);
}

int Time::second() const
{
    return static_cast<int>(nanosecond / nanoseconds_per_second % 60);
}

std::int32_t Time::offset() const
{
    return zone.offset_at(Date{}, nanosecond);
}

std::int32_t DateTime::offset() const
{
    return time.zone.offset_at(date, time.nanosecond);
}

std::int64_t DateTime::epoch_second() const
{
    return date.days * seconds_per_day + time.nanosecond / nanoseconds_per_second - offset();
}

DateTime DateTime::at(std::int64_t epoch_second, std::int64_t nanosecond, const Zone& zone)
{
    const std::int64_t local = epoch_second + zone.offset_at_instant(epoch_second);
    const std::int64_t of_day = floor_modulo(local, seconds_per_day) * nanoseconds_per_second + nanosecond;
    return {Date{floor_divide(local, seconds_per_day)}, Time{of_day, zone}};
}

DateTime DateTime::at(base::Instant instant, const Zone& zone)
{
    const std::int64_t milliseconds = instant.time_since_epoch().count();
    return at(floor_divide(milliseconds, 1'000), floor_modulo(milliseconds, 1'000) * 1'000'000, zone);
}

std::optional<DaysDuration> DaysDuration::from(std::int64_t seconds, std::int64_t nanoseconds)
{
    std::int64_t whole = 0;
    if (__builtin_add_overflow(seconds, floor_divide(nanoseconds, nanoseconds_per_second), &whole))
        return std::nullopt;
    if (whole == std::numeric_limits<std::int64_t>::min())
        return std::nullopt;
    return DaysDuration{whole, static_cast<std::int32_t>(floor_modulo(nanoseconds, nanoseconds_per_second))};
}

namespace {

std::optional<std::strong_ordering> compare_zoned(const DateTime& a, const DateTime& b)
{
    if (a.time.zone.is_known() != b.time.zone.is_known())
        return std::nullopt;
    if (const auto order = a.epoch_second() <=> b.epoch_second(); order != 0)
        return order;
    return a.time.nanosecond % nanoseconds_per_second <=> b.time.nanosecond % nanoseconds_per_second;
}

}  // namespace

std::optional<std::strong_ordering> compare(const Time& a, const Time& b)
{
    return compare_zoned(DateTime{{}, a}, DateTime{{}, b});
}

std::optional<std::strong_ordering> compare(const DateTime& a, const DateTime& b)
{
    return compare_zoned(a, b);
}

std::optional<DateTime> add(const DateTime& moment, const DaysDuration& duration)
{
    constexpr std::int64_t most_seconds = last_year * 2 * 366 * seconds_per_day;
    if (duration.seconds > most_seconds || duration.seconds < -most_seconds)
        return std::nullopt;
    const std::int64_t nanoseconds = moment.time.nanosecond % nanoseconds_per_second + duration.nanoseconds;
    const std::int64_t seconds = moment.date.days * seconds_per_day +
                                 moment.time.nanosecond / nanoseconds_per_second + duration.seconds +
                                 nanoseconds / nanoseconds_per_second;
    DateTime sum{
        Date{floor_divide(seconds, seconds_per_day)},
        Time{
            floor_modulo(seconds, seconds_per_day) * nanoseconds_per_second +
                nanoseconds % nanoseconds_per_second,
            moment.time.zone}};
    // Hours pass on the world's clock, not on the local one, when summer time begins or ends in between.
    if (moment.time.zone.named) {
        const std::int64_t instant =
            moment.epoch_second() + duration.seconds + nanoseconds / nanoseconds_per_second;
        sum = DateTime::at(instant, nanoseconds % nanoseconds_per_second, moment.time.zone);
    }
    const auto year = sum.date.fields().year;
    if (year < -last_year || year > last_year)
        return std::nullopt;
    return sum;
}

std::optional<DateTime> add(const DateTime& moment, const MonthsDuration& duration)
{
    const auto date = moment.date.plus_months(duration.months);
    if (!date)
        return std::nullopt;
    return DateTime{*date, moment.time};
}

Time add(const Time& time, const DaysDuration& duration)
{
    const std::int64_t day = seconds_per_day * nanoseconds_per_second;
    const std::int64_t added =
        floor_modulo(duration.seconds, seconds_per_day) * nanoseconds_per_second + duration.nanoseconds;
    return Time{(time.nanosecond + added) % day, time.zone};
}

std::optional<DaysDuration> difference(const DateTime& later, const DateTime& earlier)
{
    if (later.time.zone.is_known() != earlier.time.zone.is_known())
        return std::nullopt;
    return DaysDuration::from(
        later.epoch_second() - earlier.epoch_second(),
        later.time.nanosecond % nanoseconds_per_second - earlier.time.nanosecond % nanoseconds_per_second
    );
}

std::optional<DaysDuration> difference(const Time& later, const Time& earlier)
{
    return difference(DateTime{{}, later}, DateTime{{}, earlier});
}

MonthsDuration months_between(const Date& start, const Date& end)
{
    const auto from = start.fields();
    const auto to = end.fields();
    std::int64_t months = (to.year - from.year) * 12 + to.month - from.month;
    if (months > 0 && to.day < from.day)
        --months;
    if (months < 0 && to.day > from.day)
        ++months;
    return {months};
}

}  // namespace feel
