#pragma once

#include "base/result.hpp"
#include "platform/webhooks/delivery.hpp"
#include "platform/webhooks/subscription.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace base {
class Random;
}
namespace sql {
class Database;
class Transaction;
}  // namespace sql
namespace jobs {
class Queue;
class Runner;
}  // namespace jobs
namespace clients {
class Clients;
}

namespace webhooks {

// The parts that webhooks are made of; all of them outlive Webhooks.
struct Parts {
    sql::Database& database;
    const base::Clock& clock;
    base::Random& random;
    http::Client& client;  // signs
    jobs::Queue& queue;
    const clients::Clients& clients;
    std::string public_address;  // "https://schalter.ag.ch"
    Neighbourhood neighbourhood = Neighbourhood::public_only;
    std::chrono::seconds keep_for = std::chrono::days(30);
    // Told when a subscription has begun to fail; names nobody.
    std::function<void(std::string_view what)> report = {};
};

// What happens at an authority; the tenant is the transaction's.
struct NewEvent {
    std::string kind;  // one of event_kinds, or std::logic_error
    std::string subject;
    json::Value data;  // no personal data
};

struct NewSubscription {
    std::string client_id;
    std::string address;
    Kinds kinds;
};

// Tells other programs what has happened, at least once, and in order as long as they take it. What could not
// be delivered is repeated; what was delivered can be had again. Safe to share between threads.
class Webhooks {
public:
    explicit Webhooks(Parts parts);

    // Part of what happened: written, and on its way to all who subscribed, in the same transaction.
    void announce(sql::Transaction& transaction, const NewEvent& event);

    // For the client's authority. `invalid` for an address that is none or not public; `not_found` for a
    // client that is unknown or was switched off; `conflict` when the authority has as many as it may have.
    base::Result<Subscription> subscribe(const NewSubscription& wanted);
    // Nothing is delivered any more. `not_found`, also for a subscription of another tenant; here and below.
    base::Result<> remove(const base::TenantId& tenant, const SubscriptionId& id);
    base::Result<Subscription> find(const base::TenantId& tenant, const SubscriptionId& id) const;
    std::vector<Subscription> list(const base::TenantId& tenant) const;
    std::vector<Subscription> list_all() const;  // of all tenants, for operators

    // What happened at the authority (at all of them for "canton"), oldest first, at most `most`. An event
    // may appear among earlier ones for as long as its transaction takes: who reads on begins a minute before
    // the last one it has seen, and knows those it has seen by their ids.
    std::vector<Event>
    events_after(const base::TenantId& tenant, const EventId& last_seen, std::size_t most = 100) const;
    std::vector<Event>
    events_since(const base::TenantId& tenant, base::Instant since, std::size_t most = 100) const;

    // Delivers that event and all later ones again, under their ids; a subscription that fails is tried at
    // once. Says how many. `not_found` when the event is not kept, or of another authority.
    base::Result<int>
    replay_from(const base::TenantId& tenant, const SubscriptionId& id, const EventId& event);

    void register_jobs(jobs::Runner& runner);
    // Delivers what waits for the subscription, a few events at a time. Twice at once is fine.
    void deliver(const base::TenantId& tenant, const SubscriptionId& id);
    // Deletes events that are too old, delivered or not. Running it twice is harmless.
    void purge();

private:
    sql::Transaction begin(const base::TenantId& tenant) const;
    sql::Transaction begin_read(const base::TenantId& tenant) const;
    bool deliver_oldest(const base::TenantId& tenant, const SubscriptionId& id);
    bool
    note(const Subscription& subscription, const Event& event, const base::Result<http::Response>& answer);
    void nudge(
        sql::Transaction& transaction, const Subscription& subscription, std::optional<base::Instant> due = {}
    ) const;
    base::Instant next_event_time();

    Parts parts_;
    std::atomic<std::int64_t> last_event_time_ = 0;  // in milliseconds
};

}  // namespace webhooks
