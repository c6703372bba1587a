#include "base/text.hpp"
#include "platform/tenancy/municipality.hpp"

#include <algorithm>

namespace tenancy {

namespace {

using std::chrono::minutes;

constexpr std::array<std::string_view, 7> day_names{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};

std::optional<int> parse_day(std::string_view text)
{
    const auto found = std::ranges::find(day_names, text);
    if (found == day_names.end())
        return {};
    return static_cast<int>(found - day_names.begin()) + 1;
}

bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

std::optional<minutes> parse_time(std::string_view text)
{
    if (text.size() != 5 || text[2] != ':')
        return {};
    for (const std::size_t index : {0U, 1U, 3U, 4U}) {
        if (!is_digit(text[index]))
            return {};
    }
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (hour > 24 || minute > 59)
        return {};
    return minutes(hour * 60 + minute);
}

std::optional<OpenSpan> parse_span(std::string_view text)
{
    const auto parts = base::split(base::trim(text), ' ');
    if (parts.size() != 2)
        return {};
    const auto days = base::split(parts[0], '-');
    const auto first = parse_day(days.front());
    const auto last = parse_day(days.back());
    if (days.size() > 2 || !first || !last || *last < *first)
        return {};

    OpenSpan span{*first, *last, {}};
    for (const auto times : base::split(parts[1], ',')) {
        const auto ends = base::split(times, '-');
        const auto from = parse_time(ends.front());
        const auto until = parse_time(ends.back());
        if (ends.size() != 2 || !from || !until || *until <= *from)
            return {};
        span.times.emplace_back(*from, *until);
    }
    return span;
}

}  // namespace

std::optional<std::vector<OpenSpan>> parse_opening_hours(std::string_view text)
{
    std::vector<OpenSpan> spans;
    if (base::trim(text).empty())
        return spans;
    for (const auto part : base::split(text, ';')) {
        auto span = parse_span(part);
        if (!span)
            return {};
        spans.push_back(std::move(*span));
    }
    return spans;
}

}  // namespace tenancy
