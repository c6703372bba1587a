#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace base {

// An amount in minor units (Rappen for CHF) and its ISO 4217 currency. Never a float.
struct Money {
    std::int64_t minor = 0;
    std::string currency = "CHF";
    friend auto operator<=>(const Money&, const Money&) = default;
};

}  // namespace base
