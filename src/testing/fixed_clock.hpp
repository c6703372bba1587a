#pragma once

#include "base/clock.hpp"

namespace testing {

// A clock that stands still until a test moves it. Starts on Monday, 6 May 2030, noon UTC.
class FixedClock final : public base::Clock {
public:
    base::Instant now() const override { return now_; }
    void advance(std::chrono::milliseconds by) { now_ += by; }
    void set(base::Instant instant) { now_ = instant; }

private:
    base::Instant now_ = std::chrono::sys_days{std::chrono::year{2030} / 5 / 6} + std::chrono::hours(12);
};

}  // namespace testing
