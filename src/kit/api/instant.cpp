#include "kit/api/instant.hpp"

#include "base/date.hpp"

#include <algorithm>
#include <charconv>

namespace api {

namespace {

bool parse_digits(std::string_view text, int& number)
{
    if (text.find_first_not_of("0123456789") != std::string_view::npos)
        return false;
    return std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc{};
}

// "12:05", each part in its bounds.
std::optional<std::chrono::minutes> parse_hours_and_minutes(std::string_view text)
{
    int hours = 0;
    int minutes = 0;
    if (text.size() != 5 || text[2] != ':' || !parse_digits(text.substr(0, 2), hours) ||
        !parse_digits(text.substr(3, 2), minutes) || hours > 23 || minutes > 59)
        return std::nullopt;
    return std::chrono::minutes(hours * 60 + minutes);
}

// ".120", ".5": cuts off what is finer than a millisecond.
std::optional<std::chrono::milliseconds> parse_fraction(std::string_view text)
{
    int milliseconds = 0;
    if (text.size() < 2 || text.front() != '.' || text.find_first_not_of("0123456789", 1) != text.npos)
        return std::nullopt;
    const auto digits = (std::string(text.substr(1)) + "00").substr(0, 3);
    parse_digits(digits, milliseconds);
    return std::chrono::milliseconds(milliseconds);
}

// "Z", "+01:00": what the local time is ahead.
std::optional<std::chrono::minutes> parse_offset(std::string_view text)
{
    if (text == "Z" || text == "z")
        return std::chrono::minutes(0);
    if (text.empty() || (text.front() != '+' && text.front() != '-'))
        return std::nullopt;
    const auto offset = parse_hours_and_minutes(text.substr(1));
    if (!offset)
        return std::nullopt;
    return text.front() == '-' ? -*offset : *offset;
}

}  // namespace

std::optional<base::Instant> parse_instant(std::string_view text)
{
    constexpr std::size_t to_the_second = std::string_view("2026-11-25T12:05:32").size();
    if (text.size() <= to_the_second || (text[10] != 'T' && text[10] != 't') || text[16] != ':')
        return std::nullopt;
    const auto date = base::parse_date(text.substr(0, 10));
    const auto time = parse_hours_and_minutes(text.substr(11, 5));
    int seconds = 0;
    if (!date || !time || !parse_digits(text.substr(17, 2), seconds) || seconds > 59)
        return std::nullopt;
    const auto rest = text.substr(to_the_second);
    const auto end = std::min(rest.find_first_of("Zz+-"), rest.size());
    const auto fraction = end == 0 ? std::chrono::milliseconds(0) : parse_fraction(rest.substr(0, end));
    const auto offset = parse_offset(rest.substr(end));
    if (!fraction || !offset)
        return std::nullopt;
    return base::Instant(std::chrono::sys_days(*date)) + *time + std::chrono::seconds(seconds) + *fraction -
           *offset;
}

}  // namespace api
