#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <mutex>
#include <string>

namespace base {
class Random;
}

namespace runtime {

// Makes the ids of this room: decimal numbers that grow with time, so that new rows lie together in the
// database, with 22 random bits, so that several programs do not make the same. Safe to share between
// threads.
class KeyMaker {
public:
    KeyMaker(const base::Clock& clock, base::Random& random) : clock_(clock), random_(random) {}

    std::string make();

private:
    const base::Clock& clock_;
    base::Random& random_;
    std::mutex mutex_;
    std::int64_t last_ = 0;  // guarded by mutex_
};

}  // namespace runtime
