#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "process/bpmn/definition.hpp"
#include "process/feel/value.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bpmn {

struct TimerPlan {
    base::Instant due;
    int repetitions = 0;     // after this one, -1 for ever
    std::string cycle = {};  // empty unless it repeats
};

// When a timer is due. `value` is what its formula gave: a date, a duration, or a text in ISO 8601; a cycle
// is a repeating interval ("R3/PT10M", "R/2026-03-01T08:00:00Z/P1D") or a cron expression of five or six
// fields. `invalid` with what was expected otherwise. A date that is over is due at once.
base::Result<TimerPlan>
plan_timer(TimerKind kind, const feel::Value& value, base::Instant now, std::string_view zone);

// The next moment of a cycle's grid after both `due` and `now`: what was missed is made up for once, and the
// grid is kept. Days, weeks and months follow the local calendar, so that a daily timer comes once per day
// over summer time.
std::optional<base::Instant>
next_due(std::string_view cycle, base::Instant due, base::Instant now, std::string_view zone);

}  // namespace bpmn
