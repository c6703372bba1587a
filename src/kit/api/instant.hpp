#pragma once

#include "base/clock.hpp"

#include <optional>
#include <string_view>

namespace api {

// A moment as programs send it, "2026-11-25T12:05:32.120+01:00" (RFC 3339 section 5.6), to the millisecond;
// nothing for any other text, and for leap seconds.
std::optional<base::Instant> parse_instant(std::string_view text);

}  // namespace api
