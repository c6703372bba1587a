#pragma once

#include "base/clock.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace base {

using Date = std::chrono::year_month_day;

// "2026-11-25" (ISO 8601 calendar date) and nothing else; 2026-02-30 is nothing.
std::optional<Date> parse_date(std::string_view text);
std::string format_date(const Date& date);

// "2026-11-25T12:05:32.120Z": RFC 3339, UTC; milliseconds only when there are some.
std::string format_instant(Instant instant);

}  // namespace base
