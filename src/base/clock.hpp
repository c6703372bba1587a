#pragma once

#include <chrono>

namespace base {

// A moment, UTC, to the millisecond. Stored as BIGINT milliseconds since 1970.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// Time comes in from outside, so that tests can set it. Implementations are safe to share between threads.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

// The machine's clock; made once, in app/.
class SystemClock final : public Clock {
public:
    Instant now() const override;
};

// How long something takes, for figures and logs; nothing is ever decided by it.
class Stopwatch {
public:
    Stopwatch();
    std::chrono::microseconds elapsed() const;

private:
    std::chrono::steady_clock::time_point began_;
};

}  // namespace base
