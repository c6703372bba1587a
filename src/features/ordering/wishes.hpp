#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <string_view>

namespace sql {
class Transaction;
}

namespace ordering {

// How many people would use a service that their municipality does not offer. A browser counts once for each
// service, and is known by the hash of its cookie only. Every call works in the caller's transaction, for its
// tenant.
class Wishes {
public:
    explicit Wishes(const base::Clock& clock) : clock_(clock) {}

    void add(sql::Transaction& transaction, std::string_view service_id, std::string_view visitor) const;

    struct Count {
        std::int64_t count = 0;
        bool is_own = false;  // this visitor's is among them
    };
    Count of(sql::Transaction& transaction, std::string_view service_id, std::string_view visitor) const;

    // Forgets what was wished more than a year ago; the transaction is one across tenants. Runs as a job.
    void purge(sql::Transaction& transaction) const;

private:
    const base::Clock& clock_;
};

}  // namespace ordering
