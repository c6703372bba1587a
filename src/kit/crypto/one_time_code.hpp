#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace crypto {

// The six digits that an app on the telephone shows (TOTP, RFC 6238: SHA-1, a new code every 30 seconds).
std::int64_t code_step(base::Instant now);
std::string one_time_code(std::string_view secret, std::int64_t step);

}  // namespace crypto
