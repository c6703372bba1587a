#pragma once

#include "process/runtime/announcements.hpp"
#include "process/runtime/definitions.hpp"
#include "process/runtime/keys.hpp"
#include "process/runtime/runtime.hpp"
#include "process/runtime/state_cache.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace runtime {

class Unit;

// What Announcements tell about.
inline std::string jobs_topic(const base::TenantId& tenant, std::string_view type)
{
    return "jobs " + tenant.text + " " + std::string(type);
}
inline std::string end_topic(const base::TenantId& tenant, const InstanceId& instance)
{
    return "end " + tenant.text + " " + instance.text;
}

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
