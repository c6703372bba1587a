#pragma once

#include "base/clock.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace http {

// Whether a neighbour is called. Closed: yes. Open: it has failed too often in a row and is left alone for a
// while. Half open: that while is over and one call is under way to find out.
enum class CircuitState { closed, open, half_open };

struct CircuitRules {
    int failures = 5;  // in a row
    std::chrono::milliseconds pause = std::chrono::seconds(30);
    // However long a neighbour asks to be left alone (Retry-After).
    std::chrono::milliseconds longest_pause = std::chrono::hours(1);
};

struct Circuit {
    CircuitState state = CircuitState::closed;
    int failures = 0;                // in a row
    base::Instant rests_until = {};  // when open
};

// What one call came to. `wish` is how long the neighbour asks to be left alone.
struct Outcome {
    bool has_failed = false;
    std::optional<std::chrono::milliseconds> wish = {};
};

// The circuit as it is for a call that begins now; nothing when that call must not be made.
std::optional<Circuit> before_call(const Circuit& circuit, base::Instant now);

// The circuit after a call. One that began before the circuit opened, and fails, changes nothing any more.
Circuit
after_call(const Circuit& circuit, const Outcome& outcome, const CircuitRules& rules, base::Instant now);

}  // namespace http
