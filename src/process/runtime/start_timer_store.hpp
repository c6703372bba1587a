#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "kit/sql/database.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace runtime {

// The next moment at which a timer starts a process.
struct StartTimerRow {
    base::TenantId tenant = {};  // where the process was deployed, and where the instance will be
    std::string process_id;
    std::string element;
    std::int64_t part = 0;  // which of the element's events
    base::Instant due = {};
    std::string cycle = {};        // empty unless it repeats
    std::int64_t repetitions = 0;  // left after this one, -1 for ever
};

// The rows of start timers; the only place that knows the table.
class StartTimerStore {
public:
    explicit StartTimerStore(sql::Transaction& transaction) : transaction_(transaction) {}

    void forget(const base::TenantId& tenant, const std::string& process_id);
    void add(const StartTimerRow& row);
    // False when it is not due at that moment any more: another program has taken it, or a new version came.
    bool remove(const StartTimerRow& row);
    bool move(const StartTimerRow& row, base::Instant due, std::int64_t repetitions);
    // What is due of all tenants. Needs a transaction across tenants.
    std::vector<StartTimerRow> due(base::Instant now, std::size_t most) const;

private:
    sql::Transaction& transaction_;
};

}  // namespace runtime
