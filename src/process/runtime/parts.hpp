#pragma once

#include "process/runtime/definitions.hpp"
#include "process/runtime/keys.hpp"
#include "process/runtime/runtime.hpp"
#include "process/runtime/state_cache.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace runtime {

class Unit;

// Tells those who wait outside, for jobs or the end of an instance, that there is something new. Safe to
// share between threads.
class Announcements {
public:
    void announce()
    {
        {
            const std::lock_guard lock(mutex_);
            ++count_;
        }
        changed_.notify_all();
    }
    std::uint64_t count() const
    {
        const std::lock_guard lock(mutex_);
        return count_;
    }
    void wait(std::uint64_t seen, std::chrono::milliseconds at_most) const
    {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, at_most, [&] { return count_ != seen; });
    }

private:
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::uint64_t count_ = 0;
};

// What the parts of the runtime share; made once by Runtime.
struct Parts {
    Parts(sql::Database& with, const base::Clock& with_clock, base::Random& with_random, Options with_options)
        : database(with), clock(with_clock), random(with_random), options(std::move(with_options)),
          keys(with_clock, with_random), states(options.cached_states)
    {
    }

    sql::Database& database;
    const base::Clock& clock;
    base::Random& random;
    Options options;
    KeyMaker keys;
    Definitions definitions;
    StateCache states;

    // Complete before the first call; only read afterwards.
    std::map<std::string, Runtime::Worker, std::less<>> workers;
    std::map<std::string, Runtime::TransactionWorker, std::less<>> transaction_workers;
    std::function<void()> wake = [] {};
    Announcements announcements;

    // The units under way, so that a worker that calls the runtime from inside one joins it.
    std::mutex units_mutex;
    std::map<const sql::Transaction*, Unit*> units;
};

}  // namespace runtime
