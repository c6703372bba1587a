#include "process/bpmn/cron.hpp"

#include "base/text.hpp"
#include "process/bpmn/calendar.hpp"

#include <charconv>
#include <string>
#include <vector>

namespace bpmn {

namespace {

struct Bounds {
    int low;
    int high;
};
constexpr std::array<Bounds, 6> bounds{{{0, 59}, {0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 7}}};
constexpr std::array<std::string_view, 7> weekdays{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr std::array<std::string_view, 12> months{
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> shorthands{{
    {"@hourly", "0 0 * * * *"},
    {"@daily", "0 0 0 * * *"},
    {"@weekly", "0 0 0 * * 0"},
    {"@monthly", "0 0 0 1 * *"},
    {"@yearly", "0 0 0 1 1 *"},
}};

std::optional<int> read_value(std::string_view text, std::size_t field)
{
    const std::string lower = base::ascii_lower(text);
    for (std::size_t index = 0; field == 5 && index < weekdays.size(); ++index)
        if (weekdays[index] == lower)
            return static_cast<int>(index);
    for (std::size_t index = 0; field == 4 && index < months.size(); ++index)
        if (months[index] == lower)
            return static_cast<int>(index) + 1;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    if (value < bounds[field].low || value > bounds[field].high)
        return std::nullopt;
    return value;
}

// "*", "?", "5", "1-5", "*/10", "8-18/2".
std::optional<std::uint64_t> read_range(std::string_view text, std::size_t field)
{
    int step = 1;
    const auto slash = text.find('/');
    if (slash != std::string_view::npos) {
        const auto digits = text.substr(slash + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), step);
        if (error != std::errc{} || end != digits.data() + digits.size() || step < 1)
            return std::nullopt;
        text = text.substr(0, slash);
    }
    std::optional<int> low = bounds[field].low;
    std::optional<int> high = field == 5 ? 6 : bounds[field].high;
    if (text != "*" && text != "?") {
        const auto dash = text.find('-');
        low = read_value(text.substr(0, dash), field);
        if (dash != std::string_view::npos)
            high = read_value(text.substr(dash + 1), field);
        else if (slash == std::string_view::npos)
            high = low;
    }
    if (!low || !high || *low > *high)
        return std::nullopt;
    std::uint64_t allowed = 0;
    for (int value = *low; value <= *high; value += step)
        allowed |= std::uint64_t{1} << (field == 5 ? value % 7 : value);
    return allowed;
}

}  // namespace

std::optional<Cron> Cron::parse(std::string_view text)
{
    for (const auto& [name, meaning] : shorthands)
        if (text == name)
            text = meaning;
    std::vector<std::string_view> parts;
    for (const auto part : base::split(text, ' '))
        if (!part.empty())
            parts.push_back(part);
    if (parts.size() == 5)
        parts.insert(parts.begin(), "0");
    if (parts.size() != fields)
        return std::nullopt;
    Cron cron;
    for (std::size_t field = 0; field < fields; ++field)
        for (const auto part : base::split(parts[field], ',')) {
            const auto allowed = read_range(part, field);
            if (!allowed)
                return std::nullopt;
            cron.allowed_[field] |= *allowed;
        }
    return cron;
}

bool Cron::fits_day(const feel::Date& date) const
{
    const auto of = date.fields();
    return has(month, of.month) && has(day, of.day) && has(weekday, date.weekday() % 7);
}

std::optional<base::Instant> Cron::next_after(base::Instant moment, const feel::Zone& zone) const
{
    constexpr std::int64_t farthest = 50 * 366;
    const auto second_now = std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count();
    const auto local = second_now + zone.offset_at_instant(second_now);
    // The day before too: the local clock may have been set back over midnight.
    feel::Date date{
        (local >= 0 ? local / feel::seconds_per_day : -1 - (-local - 1) / feel::seconds_per_day) - 1};
    for (std::int64_t tried = 0; tried < farthest; ++tried, ++date.days) {
        if (!fits_day(date))
            continue;
        for (std::int64_t at_hour = 0; at_hour < 24; ++at_hour)
            for (std::int64_t at_minute = 0; has(hour, at_hour) && at_minute < 60; ++at_minute)
                for (std::int64_t at_second = 0; has(minute, at_minute) && at_second < 60; ++at_second) {
                    if (!has(second, at_second))
                        continue;
                    const auto time = ((at_hour * 60 + at_minute) * 60 + at_second) * 1'000;
                    if (const auto found = at_local(date, time, zone); found > moment)
                        return found;
                }
    }
    return std::nullopt;
}

}  // namespace bpmn
