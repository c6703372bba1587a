#pragma once

#include "base/clock.hpp"
#include "process/feel/temporal.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace bpmn {

// A length of time as the calendar counts it: months and days follow local dates, seconds do not.
struct Period {
    std::int64_t months = 0;
    std::int64_t days = 0;
    std::int64_t milliseconds = 0;
    bool is_calendar() const { return months != 0 || days != 0; }
    bool is_positive() const { return months > 0 || days > 0 || milliseconds > 0; }
};

// ISO 8601: "P1M", "P2DT3H", "P1W", "PT0.5S"; nothing for other text or a negative length.
std::optional<Period> parse_period(std::string_view text);

// The moment of a local date and time. What summer time skips becomes the moment of the change; of what it
// repeats, the first counts.
base::Instant at_local(const feel::Date& date, std::int64_t millisecond_of_day, const feel::Zone& zone);

// `count` periods after a moment, counted from it in one go, so that the 31st comes back after a short month.
base::Instant after(base::Instant moment, const Period& period, std::int64_t count, const feel::Zone& zone);

}  // namespace bpmn
