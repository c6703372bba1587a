#pragma once

#include "base/clock.hpp"
#include "kit/http/response.hpp"

#include <chrono>
#include <optional>

namespace http {

// How long the sender of an answer asks to be left alone (RFC 9110 section 10.2.3), in seconds or as a date.
// Nothing when it does not say so, or nothing sensible.
std::optional<std::chrono::milliseconds> retry_after(const Response& response, base::Instant now);

}  // namespace http
