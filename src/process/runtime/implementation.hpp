#pragma once

#include "kit/jobs/work_loop.hpp"
#include "process/runtime/parts.hpp"
#include "process/runtime/unit.hpp"
#include "process/runtime/work.hpp"

#include <stdexcept>

namespace runtime {

struct Runtime::Implementation {
    Implementation(sql::Database& database, const base::Clock& clock, base::Random& random, Options options)
        : parts(database, clock, random, std::move(options)),
          loop(
              [this] { return look_for_work(parts); },
              [this](const std::string& key, std::string_view message) {
                  if (parts.options.report)
                      parts.options.report(key, {}, message);
              }
          )
    {
        parts.wake = [this] { loop.wake(); };
    }

    void refuse_second(const std::string& type) const
    {
        if (parts.workers.contains(type) || parts.transaction_workers.contains(type))
            throw std::logic_error("two workers for jobs of type " + type);
    }

    TrailEntry
    note(std::string element, std::string event, std::string_view who, std::string detail = {}) const
    {
        return {
            .at = parts.clock.now(),
            .element = std::move(element),
            .event = std::move(event),
            .who = std::string(who),
            .detail = std::move(detail),
        };
    }

    // What a worker inside a unit reads, it must see as the unit left it.
    void save_unit_of(sql::Transaction& transaction)
    {
        const std::lock_guard lock(parts.units_mutex);
        if (const auto known = parts.units.find(&transaction); known != parts.units.end())
            known->second->save();
    }

    Parts parts;
    jobs::WorkLoop loop;  // after the parts, so that its threads end before them
};

}  // namespace runtime
