#include "kit/http/circuit.hpp"

#include <algorithm>

namespace http {

std::optional<Circuit> before_call(const Circuit& circuit, base::Instant now)
{
    switch (circuit.state) {
    case CircuitState::closed: return circuit;
    case CircuitState::half_open: return std::nullopt;
    case CircuitState::open:
        if (now < circuit.rests_until)
            return std::nullopt;
        return Circuit{CircuitState::half_open, circuit.failures, circuit.rests_until};
    }
    return std::nullopt;
}

Circuit
after_call(const Circuit& circuit, const Outcome& outcome, const CircuitRules& rules, base::Instant now)
{
    if (!outcome.has_failed)
        return {};
    if (circuit.state == CircuitState::open)
        return circuit;
    const int failures = circuit.failures + 1;
    const bool opens =
        circuit.state == CircuitState::half_open || failures >= rules.failures || outcome.wish.has_value();
    if (!opens)
        return {CircuitState::closed, failures, {}};
    const auto wish = std::min(outcome.wish.value_or(rules.pause), rules.longest_pause);
    return {CircuitState::open, failures, now + std::max(rules.pause, wish)};
}

}  // namespace http
