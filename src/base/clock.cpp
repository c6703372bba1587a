#include "base/clock.hpp"

namespace base {

Instant SystemClock::now() const
{
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Stopwatch::Stopwatch() : began_(std::chrono::steady_clock::now()) {}

std::chrono::microseconds Stopwatch::elapsed() const
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began_);
}

}  // namespace base
