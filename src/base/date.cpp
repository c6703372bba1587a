#include "base/date.hpp"

#include <charconv>
#include <cstdio>

namespace base {

namespace {

template <class Number>
bool parse_digits(std::string_view text, Number& number)
{
    for (const char digit : text)
        if (digit < '0' || digit > '9')
            return false;
    return std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc{};
}

}  // namespace

std::optional<Date> parse_date(std::string_view text)
{
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !parse_digits(text.substr(0, 4), year) ||
        !parse_digits(text.substr(5, 2), month) || !parse_digits(text.substr(8, 2), day))
        return std::nullopt;
    const Date date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    return date.ok() ? std::optional(date) : std::nullopt;
}

std::string format_date(const Date& date)
{
    char text[32];
    const int length = std::snprintf(
        text,
        sizeof text,
        "%04d-%02u-%02u",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
    return {text, static_cast<std::size_t>(length)};
}

std::string format_instant(Instant instant)
{
    const auto days = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::hh_mm_ss time(instant - days);
    char text[32];
    int length = std::snprintf(
        text,
        sizeof text,
        "T%02d:%02d:%02d",
        static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count())
    );
    std::string formatted = format_date(Date(days)) + std::string(text, static_cast<std::size_t>(length));
    if (time.subseconds().count() != 0) {
        length = std::snprintf(text, sizeof text, ".%03d", static_cast<int>(time.subseconds().count()));
        formatted.append(text, static_cast<std::size_t>(length));
    }
    return formatted + "Z";
}

}  // namespace base
