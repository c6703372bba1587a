#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "kit/json/json.hpp"

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace base {
class Random;
}
namespace sql {
class Transaction;
}

namespace jobs {

using JobId = base::Id<struct JobTag>;

// What shall be done later.
struct NewJob {
    std::string kind;  // "mail.send"; a handler of that name must be registered with the Runner
    json::Value payload = {};
    // Of jobs that are not done yet only one has a given key (per tenant and kind); empty: no such rule.
    std::string unique_key = {};
    std::optional<base::Instant> due = {};  // nothing: at once
    int most_attempts = 20;                 // with the back-off: for about two days
};

// Work that must happen later, exactly as often as needed: it is written in the transaction of its cause, and
// stays until it was done. Safe to share between threads.
class Queue {
public:
    Queue(const base::Clock& clock, base::Random& random);

    // For the tenant of the transaction, or across tenants for "canton". False when there is a job of that
    // unique key already.
    bool enqueue(sql::Transaction& transaction, const NewJob& job);

    // Called after each commit that brought a job that is due: wakes a Runner in this program.
    void on_enqueued(std::function<void()> action);

private:
    void tell_listeners();

    const base::Clock& clock_;
    base::Random& random_;
    std::mutex mutex_;
    std::vector<std::function<void()>> listeners_;  // guarded by mutex_
};

}  // namespace jobs
