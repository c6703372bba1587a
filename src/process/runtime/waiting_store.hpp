#pragma once

#include "kit/sql/database.hpp"
#include "process/runtime/values.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runtime {

enum class EventKind { message, signal };

struct TimerRow {
    base::TenantId tenant;
    InstanceId instance;
    std::int64_t number = 0;
    base::Instant due = {};
};

struct Subscription {
    InstanceId instance;
    std::int64_t number = 0;
    std::string process_id;
    EventKind kind = EventKind::message;
    std::string name;
    std::string correlation_key = {};
};

// The rows of what one tenant's instances wait for beside tasks and jobs: timers, messages, signals, and
// operators. The only place that knows these tables.
class WaitingStore {
public:
    WaitingStore(sql::Transaction& transaction, base::TenantId tenant)
        : transaction_(transaction), tenant_(std::move(tenant))
    {
    }

    void add_timer(const InstanceId& instance, std::int64_t number, base::Instant due);
    // To fire it. False when it is gone: fired already, or no longer waited for.
    bool take_timer(const InstanceId& instance, std::int64_t number);
    void remove_timer(const InstanceId& instance, std::int64_t number);
    void postpone_timer(const InstanceId& instance, std::int64_t number, base::Instant due);

    void add_subscription(const Subscription& subscription, base::Instant now);
    void remove_subscription(const InstanceId& instance, std::int64_t number);
    // Who waits longest comes first.
    std::vector<Subscription>
    subscribers(EventKind kind, std::string_view name, std::string_view correlation_key) const;

    void add_incident(const Incident& incident, std::int64_t number);
    struct IncidentRow {
        Incident incident;
        std::int64_t number = 0;
    };
    std::optional<IncidentRow> find_incident(const IncidentId& id) const;
    std::vector<Incident> incidents(std::size_t most) const;
    std::vector<Incident> incidents_of(const InstanceId& instance) const;
    void rename_incident(
        const InstanceId& instance, std::int64_t number, const std::string& element, const std::string& name
    );
    void remove_incident(const InstanceId& instance, std::int64_t number);

private:
    sql::Transaction& transaction_;
    base::TenantId tenant_;
};

// What is due of all tenants, first due first. Needs a transaction across tenants.
std::vector<TimerRow> due_timers(sql::Transaction& transaction, base::Instant now, std::size_t most);
// Incidents by tenant. Needs a transaction across tenants.
std::vector<Load::Count> count_incidents(sql::Transaction& transaction);

}  // namespace runtime
