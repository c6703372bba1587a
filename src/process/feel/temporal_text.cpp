#include "process/feel/temporal.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>

namespace feel {

namespace {

// Reads a text from the left.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool take(char expected)
    {
        if (rest_.empty() || rest_[0] != expected)
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    std::string_view digits()
    {
        std::size_t count = 0;
        while (count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9')
            ++count;
        const auto found = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return found;
    }

    std::optional<int> two_digits()
    {
        const auto found = digits();
        if (found.size() != 2)
            return std::nullopt;
        return (found[0] - '0') * 10 + found[1] - '0';
    }

    std::string_view rest() const { return rest_; }
    bool is_at_end() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

std::optional<std::int64_t> to_integer(std::string_view digits)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return number;
}

// ".5" as nanoseconds; digits after the ninth are cut off.
std::optional<std::int64_t> read_fraction(Reader& reader)
{
    if (!reader.take('.'))
        return 0;
    std::string digits(reader.digits());
    if (digits.empty())
        return std::nullopt;
    digits.resize(9, '0');
    return to_integer(digits);
}

std::optional<Zone> read_zone(std::string_view text)
{
    if (text.empty())
        return Zone{};
    if (text[0] != '@')
        return text[0] == 'Z' || text[0] == 'z' || text[0] == '+' || text[0] == '-' ? Zone::parse(text)
                                                                                    : std::nullopt;
    auto zone = Zone::parse(text.substr(1));
    return zone && zone->named ? zone : std::nullopt;
}

// The amounts of a duration in front of their letters, in order, each at most once.
class DurationReader {
public:
    explicit DurationReader(std::string_view text) : reader_(text)
    {
        is_negative_ = reader_.take('-');
        is_good_ = reader_.take('P');
    }

    // The number before `letter` if that comes next, else 0.
    std::int64_t amount(char letter)
    {
        Reader ahead = reader_;
        const auto digits = ahead.digits();
        if (digits.empty() || !ahead.take(letter))
            return 0;
        reader_ = ahead;
        ++parts_;
        const auto number = to_integer(digits);
        is_good_ = is_good_ && number;
        return number.value_or(0);
    }

    bool take_time_mark()
    {
        const bool has_mark = reader_.take('T');
        parts_before_mark_ = parts_;
        return has_mark;
    }

    std::int64_t seconds(std::int64_t& nanoseconds)
    {
        Reader ahead = reader_;
        const auto digits = ahead.digits();
        // "PT0.S" with a bare point is read as well, as the TCK wants it.
        Reader behind_point = ahead;
        const bool has_bare_point = behind_point.take('.') && behind_point.rest().starts_with('S');
        const auto fraction = has_bare_point ? 0 : read_fraction(ahead);
        if (has_bare_point)
            ahead = behind_point;
        if (digits.empty() || !fraction || !ahead.take('S'))
            return 0;
        reader_ = ahead;
        ++parts_;
        nanoseconds = *fraction;
        const auto number = to_integer(digits);
        is_good_ = is_good_ && number;
        return number.value_or(0);
    }

    bool is_complete(bool has_time_mark) const
    {
        const bool has_time = !has_time_mark || parts_ > parts_before_mark_;
        return is_good_ && reader_.is_at_end() && parts_ > 0 && has_time;
    }
    bool is_negative() const { return is_negative_; }

private:
    Reader reader_;
    bool is_negative_ = false;
    bool is_good_ = true;
    int parts_ = 0;
    int parts_before_mark_ = 0;
};

// total += amount * unit; false when that is too much.
bool accumulate(std::int64_t& total, std::int64_t amount, std::int64_t unit)
{
    std::int64_t product = 0;
    return !__builtin_mul_overflow(amount, unit, &product) && !__builtin_add_overflow(total, product, &total);
}

}  // namespace

std::optional<Date> parse_date(std::string_view text)
{
    Reader reader(text);
    const bool is_negative = reader.take('-');
    const auto digits = reader.digits();
    const auto year = to_integer(digits);
    if (!year || digits.size() < 4 || digits.size() > 9 || (digits.size() > 4 && digits[0] == '0') ||
        !reader.take('-'))
        return std::nullopt;
    const auto month = reader.two_digits();
    if (!month || !reader.take('-'))
        return std::nullopt;
    const auto day = reader.two_digits();
    if (!day || !reader.is_at_end())
        return std::nullopt;
    return Date::from(is_negative ? -*year : *year, *month, *day);
}

std::optional<Time> parse_time(std::string_view text)
{
    Reader reader(text);
    const auto hour = reader.two_digits();
    if (!hour || !reader.take(':'))
        return std::nullopt;
    const auto minute = reader.two_digits();
    if (!minute || !reader.take(':'))
        return std::nullopt;
    const auto second = reader.two_digits();
    const auto fraction = second ? read_fraction(reader) : std::nullopt;
    if (!fraction || *hour > 23 || *minute > 59 || *second > 59)
        return std::nullopt;
    const auto zone = read_zone(reader.rest());
    if (!zone)
        return std::nullopt;
    const std::int64_t of_day = *hour * 3'600 + *minute * 60 + *second;
    return Time{of_day * nanoseconds_per_second + *fraction, *zone};
}

std::optional<DateTime> parse_date_time(std::string_view text)
{
    const std::size_t mark = text.find('T');
    if (mark == std::string_view::npos)
        return std::nullopt;
    const auto date = parse_date(text.substr(0, mark));
    if (!date)
        return std::nullopt;
    auto clock = text.substr(mark + 1);
    // XML Schema 1.1 section 3.3.7: 24:00:00 is the first moment of the next day.
    const bool is_end_of_day = clock.starts_with("24:00:00");
    std::string rewritten;
    if (is_end_of_day) {
        rewritten = "00" + std::string(clock.substr(2));
        clock = rewritten;
    }
    const auto time = parse_time(clock);
    if (!time || (is_end_of_day && time->nanosecond != 0))
        return std::nullopt;
    return DateTime{is_end_of_day ? Date{date->days + 1} : *date, *time};
}

std::optional<MonthsDuration> parse_months_duration(std::string_view text)
{
    DurationReader reader(text);
    std::int64_t months = 0;
    const bool fits = accumulate(months, reader.amount('Y'), 12) && accumulate(months, reader.amount('M'), 1);
    if (!fits || !reader.is_complete(/*has_time_mark=*/false))
        return std::nullopt;
    return MonthsDuration{reader.is_negative() ? -months : months};
}

std::optional<DaysDuration> parse_days_duration(std::string_view text)
{
    DurationReader reader(text);
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;
    bool fits = accumulate(seconds, reader.amount('D'), seconds_per_day);
    const bool has_time_mark = reader.take_time_mark();
    if (has_time_mark) {
        fits = fits && accumulate(seconds, reader.amount('H'), 3'600);
        fits = fits && accumulate(seconds, reader.amount('M'), 60);
        fits = fits && accumulate(seconds, reader.seconds(nanoseconds), 1);
    }
    if (!fits || !reader.is_complete(has_time_mark))
        return std::nullopt;
    return reader.is_negative() ? DaysDuration::from(-seconds, -nanoseconds)
                                : DaysDuration::from(seconds, nanoseconds);
}

namespace {

// ".25" without zeros at the end; nothing for 0.
std::string fraction_text(std::int64_t nanoseconds)
{
    if (nanoseconds == 0)
        return "";
    std::string digits = std::to_string(nanoseconds);
    digits.insert(0, 9 - digits.size(), '0');
    digits.erase(digits.find_last_not_of('0') + 1);
    return "." + digits;
}

}  // namespace

std::string format(const Date& date)
{
    const auto fields = date.fields();
    std::array<char, 40> buffer{};
    std::snprintf(
        buffer.data(),
        buffer.size(),
        "%s%04lld-%02d-%02d",
        fields.year < 0 ? "-" : "",
        std::llabs(fields.year),
        fields.month,
        fields.day
    );
    return buffer.data();
}

std::string format(const Time& time)
{
    std::array<char, 16> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%02d:%02d:%02d", time.hour(), time.minute(), time.second());
    return buffer.data() + fraction_text(time.nanosecond % nanoseconds_per_second) + time.zone.text();
}

std::string format(const DateTime& moment)
{
    return format(moment.date) + "T" + format(moment.time);
}

std::string format(const MonthsDuration& duration)
{
    if (duration.months == 0)
        return "P0M";
    const std::int64_t years = std::llabs(duration.months / 12);
    const std::int64_t months = std::llabs(duration.months % 12);
    std::string text = duration.months < 0 ? "-P" : "P";
    if (years != 0)
        text += std::to_string(years) + "Y";
    if (months != 0)
        text += std::to_string(months) + "M";
    return text;
}

std::string format(const DaysDuration& duration)
{
    if (duration == DaysDuration{})
        return "PT0S";
    // Below nought the fraction counts forward, so it is turned round.
    const bool turns = duration.seconds < 0 && duration.nanoseconds > 0;
    const std::int64_t seconds = std::llabs(turns ? duration.seconds + 1 : duration.seconds);
    const std::int64_t nanoseconds =
        turns ? nanoseconds_per_second - duration.nanoseconds : std::int64_t{duration.nanoseconds};
    std::string text = duration.is_negative() ? "-P" : "P";
    if (const auto days = seconds / seconds_per_day; days != 0)
        text += std::to_string(days) + "D";
    if (seconds % seconds_per_day == 0 && nanoseconds == 0)
        return text;
    text += "T";
    if (const auto hours = seconds / 3'600 % 24; hours != 0)
        text += std::to_string(hours) + "H";
    if (const auto minutes = seconds / 60 % 60; minutes != 0)
        text += std::to_string(minutes) + "M";
    if (seconds % 60 != 0 || nanoseconds != 0)
        text += std::to_string(seconds % 60) + fraction_text(nanoseconds) + "S";
    return text;
}

}  // namespace feel
