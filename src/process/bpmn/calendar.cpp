#include "process/bpmn/calendar.hpp"

#include <algorithm>
#include <charconv>

namespace bpmn {

namespace {

using std::chrono::milliseconds;

constexpr std::int64_t milliseconds_per_second = 1'000;
constexpr std::int64_t milliseconds_per_day = 86'400'000;
constexpr std::int64_t longest = 1'000'000'000;  // of one number of a period

std::int64_t seconds_of(base::Instant moment)
{
    return std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count();
}

// The second at which the zone's offset changes between two moments.
std::int64_t change_between(std::int64_t before, std::int64_t after, const feel::Zone& zone)
{
    const auto offset = zone.offset_at_instant(before);
    while (after - before > 1) {
        const auto middle = before + (after - before) / 2;
        (zone.offset_at_instant(middle) == offset ? before : after) = middle;
    }
    return after;
}

// Reads "12" or "0.5" at the beginning of the text, in thousandths.
std::optional<std::int64_t> read_thousandths(std::string_view& text)
{
    std::int64_t whole = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (error != std::errc{} || whole < 0 || whole > longest)
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    std::int64_t fraction = 0;
    if (text.starts_with('.') || text.starts_with(',')) {
        text.remove_prefix(1);
        for (std::int64_t digit = 100; !text.empty() && text.front() >= '0' && text.front() <= '9';
             digit /= 10) {
            fraction += digit * (text.front() - '0');
            text.remove_prefix(1);
        }
    }
    return whole * 1'000 + fraction;
}

bool add_part(Period& period, char unit, bool is_time, std::int64_t thousandths)
{
    const auto whole = thousandths / 1'000;
    if (unit == 'S' && is_time) {
        period.milliseconds += thousandths;
        return true;
    }
    if (thousandths % 1'000 != 0)
        return false;
    if (is_time && (unit == 'H' || unit == 'M')) {
        period.milliseconds += whole * (unit == 'H' ? 3'600'000 : 60'000);
        return true;
    }
    switch (is_time ? ' ' : unit) {
    case 'Y': period.months += whole * 12; return true;
    case 'M': period.months += whole; return true;
    case 'W': period.days += whole * 7; return true;
    case 'D': period.days += whole; return true;
    default: return false;
    }
}

}  // namespace

std::optional<Period> parse_period(std::string_view text)
{
    if (!text.starts_with('P') || text.size() < 3)
        return std::nullopt;
    text.remove_prefix(1);
    Period period;
    bool is_time = false;
    while (!text.empty()) {
        if (!is_time && text.front() == 'T') {
            is_time = true;
            text.remove_prefix(1);
        }
        const auto number = read_thousandths(text);
        if (!number || text.empty() || !add_part(period, text.front(), is_time, *number))
            return std::nullopt;
        text.remove_prefix(1);
    }
    return period;
}

base::Instant at_local(const feel::Date& date, std::int64_t millisecond_of_day, const feel::Zone& zone)
{
    constexpr std::int64_t half_day = 43'200;
    const auto second_of_day = millisecond_of_day / milliseconds_per_second;
    const auto local = date.days * feel::seconds_per_day + second_of_day;
    const auto earlier = zone.offset_at_instant(local - half_day);
    const auto later = zone.offset_at_instant(local + half_day);
    auto moment = local - std::max(earlier, later);
    if (zone.offset_at_instant(moment) != std::max(earlier, later)) {
        const auto other = local - std::min(earlier, later);
        moment = zone.offset_at_instant(other) == std::min(earlier, later)
                     ? other
                     : change_between(local - half_day, local + half_day, zone);
    }
    return base::Instant(
        milliseconds(moment * milliseconds_per_second + millisecond_of_day % milliseconds_per_second)
    );
}

base::Instant after(base::Instant moment, const Period& period, std::int64_t count, const feel::Zone& zone)
{
    const milliseconds exact{period.milliseconds * count};
    if (!period.is_calendar())
        return moment + exact;
    const auto offset = zone.offset_at_instant(seconds_of(moment));
    const auto local = moment.time_since_epoch().count() + offset * milliseconds_per_second;
    const auto day = local >= 0 ? local / milliseconds_per_day
                                : -((-local + milliseconds_per_day - 1) / milliseconds_per_day);
    feel::Date date{day};
    if (const auto moved = date.plus_months(period.months * count))
        date = *moved;
    date.days += period.days * count;
    return at_local(date, local - day * milliseconds_per_day, zone) + exact;
}

}  // namespace bpmn
