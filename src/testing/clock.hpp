#pragma once

#include "base/clock.hpp"

#include <atomic>

namespace testing {

// A clock that the test moves. Starts at 2026-03-02 08:00 UTC, a Monday.
class TestClock final : public base::Clock {
public:
    base::Instant now() const override { return base::Instant(std::chrono::milliseconds(milliseconds_)); }

    void advance(std::chrono::milliseconds by) { milliseconds_ += by.count(); }

private:
    std::atomic<std::int64_t> milliseconds_ = 1772438400000;
};

}  // namespace testing
