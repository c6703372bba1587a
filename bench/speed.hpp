#pragma once

#include <chrono>

namespace speed {

// How often `work` can be done in a second, by doing it for so long. The clock is read rarely.
template <class Work>
double per_second(double seconds, Work work)
{
    using Clock = std::chrono::steady_clock;
    constexpr int between_looks = 20;
    work();
    std::chrono::duration<double> took{};
    double times = 0;
    for (const auto began = Clock::now(); took.count() < seconds; took = Clock::now() - began) {
        for (int time = 0; time < between_looks; ++time)
            work();
        times += between_looks;
    }
    return times / took.count();
}

}  // namespace speed
