#include "process/bpmn/timers.hpp"

#include "base/text.hpp"
#include "process/bpmn/calendar.hpp"
#include "process/bpmn/cron.hpp"

#include <charconv>

namespace bpmn {

namespace {

using base::ErrorKind;
using base::fail;
using base::Instant;
using std::chrono::milliseconds;

struct Interval {
    int repetitions = -1;  // in all; -1: for ever
    std::optional<Instant> start;
    std::optional<Instant> end;
    Period period;
};

base::Error wrong(std::string_view expected, const feel::Value& found)
{
    return fail(
        ErrorKind::invalid,
        "bpmn.timer",
        "expected " + std::string(expected) + ", found " + feel::to_text(found)
    );
}

feel::Zone zone_of(std::string_view name)
{
    return feel::Zone::parse(name).value_or(feel::Zone::utc());
}

Instant instant_of(const feel::DateTime& moment, const feel::Zone& zone)
{
    const auto millisecond = moment.time.nanosecond / 1'000'000;
    if (!moment.time.zone.is_known())
        return at_local(moment.date, millisecond, zone);
    return Instant(milliseconds(moment.epoch_second() * 1'000 + millisecond % 1'000));
}

std::optional<Instant> read_date(const feel::Value& value, const feel::Zone& zone)
{
    if (const auto* moment = value.if_date_time())
        return instant_of(*moment, zone);
    if (const auto date = value.if_date())
        return at_local(*date, 0, zone);
    const auto* text = value.if_string();
    if (!text)
        return std::nullopt;
    if (const auto moment = feel::parse_date_time(*text))
        return instant_of(*moment, zone);
    const auto date = feel::parse_date(*text);
    return date ? std::optional(at_local(*date, 0, zone)) : std::nullopt;
}

std::optional<Period> read_period(const feel::Value& value)
{
    if (const auto days = value.if_days_duration(); days && !days->is_negative())
        return Period{.milliseconds = days->seconds * 1'000 + days->nanoseconds / 1'000'000};
    if (const auto months = value.if_months_duration(); months && months->months >= 0)
        return Period{.months = months->months};
    const auto* text = value.if_string();
    return text ? parse_period(*text) : std::nullopt;
}

std::optional<Interval> read_interval(std::string_view text, const feel::Zone& zone)
{
    const auto parts = base::split(text, '/');
    if (parts.size() < 2 || parts.size() > 3 || !parts[0].starts_with('R'))
        return std::nullopt;
    Interval interval;
    const auto digits = parts[0].substr(1);
    if (!digits.empty()) {
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), interval.repetitions);
        if (error != std::errc{} || end != digits.data() + digits.size() || interval.repetitions < -1)
            return std::nullopt;
    }
    bool has_period = false;
    for (std::size_t index = 1; index < parts.size(); ++index) {
        if (const auto period = parse_period(parts[index])) {
            interval.period = *period;
            has_period = true;
        } else if (const auto moment = read_date(feel::Value(parts[index]), zone)) {
            (has_period ? interval.end : interval.start) = *moment;
        } else {
            return std::nullopt;
        }
    }
    return has_period && interval.period.is_positive() ? std::optional(interval) : std::nullopt;
}

// The first point of the grid that is later than `now`. The grid is counted from its anchor.
Instant grid_after(Instant anchor, const Period& period, Instant now, const feel::Zone& zone)
{
    std::int64_t count = 1;
    if (!period.is_calendar())
        count = std::max<std::int64_t>(1, (now - anchor).count() / period.milliseconds);
    Instant next = after(anchor, period, count, zone);
    while (next <= now)
        next = after(anchor, period, ++count, zone);
    return next;
}

base::Result<TimerPlan> plan_cycle(const feel::Value& value, Instant now, const feel::Zone& zone)
{
    std::string text = value.if_string() ? *value.if_string() : "R/" + feel::to_text(value);
    if (parse_period(text))
        text = "R/" + text;
    if (const auto interval = read_interval(text, zone)) {
        if (interval->repetitions == 0)
            return wrong("at least one repetition", value);
        Instant due = after(now, interval->period, 1, zone);
        if (interval->start)
            due = *interval->start;
        const int left = interval->repetitions < 0 ? -1 : interval->repetitions - 1;
        return TimerPlan{.due = due, .repetitions = left, .cycle = text};
    }
    if (const auto cron = Cron::parse(text))
        if (const auto due = cron->next_after(now, zone))
            return TimerPlan{.due = *due, .repetitions = -1, .cycle = text};
    return wrong("a repeating interval such as R3/PT10M, or a cron expression", value);
}

}  // namespace

base::Result<TimerPlan>
plan_timer(TimerKind kind, const feel::Value& value, Instant now, std::string_view zone_name)
{
    const auto zone = zone_of(zone_name);
    if (kind == TimerKind::cycle)
        return plan_cycle(value, now, zone);
    if (kind == TimerKind::date) {
        const auto date = read_date(value, zone);
        if (!date)
            return wrong("a date and time such as 2026-03-01T08:00:00+01:00", value);
        return TimerPlan{.due = *date};
    }
    const auto period = read_period(value);
    if (!period)
        return wrong("a duration such as P2D or PT10M", value);
    return TimerPlan{.due = after(now, *period, 1, zone)};
}

std::optional<Instant> next_due(std::string_view cycle, Instant due, Instant now, std::string_view zone_name)
{
    const auto zone = zone_of(zone_name);
    const Instant from = std::max(due, now);
    if (const auto interval = read_interval(cycle, zone)) {
        const Instant next = grid_after(interval->start.value_or(due), interval->period, from, zone);
        return interval->end && next > *interval->end ? std::nullopt : std::optional(next);
    }
    const auto cron = Cron::parse(cycle);
    return cron ? cron->next_after(from, zone) : std::nullopt;
}

}  // namespace bpmn
