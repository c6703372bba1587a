#pragma once

#include "kit/sql/database.hpp"
#include "process/runtime/instance_store.hpp"
#include "process/runtime/values.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runtime {

struct JobRow {
    JobId id;
    base::TenantId tenant;
    InstanceId instance;
    std::int64_t number = 0;  // in its instance
    std::string type;
    std::string element;
    Variables headers = {};
    Variables variables = {};
    std::string token = {};  // the worker's idempotency key
    int retries = 1;
    int failures = 0;
    base::Instant due = {};
    int priority = 0;
    std::int64_t element_number = 0;  // of its element instance
    std::string worker = {};          // who had it last
};

// The rows of jobs that wait; the only place that knows the table. What changes a job works in a transaction
// of its tenant.
class JobStore {
public:
    explicit JobStore(sql::Transaction& transaction) : transaction_(transaction) {}

    void add(const JobRow& row);
    // With its instance, both as they are once nobody else changes them until the transaction ends.
    struct Locked {
        JobRow job;
        InstanceRow instance;
    };
    std::optional<Locked> lock(const base::TenantId& tenant, const JobId& id);
    void remove(const base::TenantId& tenant, const InstanceId& instance, std::int64_t number);
    void rename(
        const base::TenantId& tenant,
        const InstanceId& instance,
        std::int64_t number,
        const std::string& element
    );
    // Retries, failures and due as they now are.
    void save(const JobRow& row);
    void postpone(const JobRow& row, base::Instant due);

    // What is due of a type, the most urgent first: a point of priority counts as a minute of waiting. The
    // tenants take turns, four of each at most.
    std::vector<JobRow> due_of_all(std::string_view type, base::Instant now, std::size_t most) const;
    // Takes the first `most` of those that are due now, for a worker until then; not what another transaction
    // is about to take or to finish. Of their instances it reads what a worker sees.
    struct Wanted {
        std::string_view type;
        std::string_view worker;
        std::size_t most = 1;
        base::Instant now = {};
        base::Instant until = {};
    };
    std::vector<Locked> take_due(const base::TenantId& tenant, const Wanted& wanted);
    // What waits or is worked on, the oldest first.
    std::vector<JobRow> find_all(const base::TenantId& tenant, const JobFilter& filter) const;
    // False when somebody else took it first.
    bool take(const JobRow& row, std::string_view worker, base::Instant until);

private:
    sql::Transaction& transaction_;
};

// Of all tenants. Both need a transaction across tenants.
std::vector<Load::Count> count_jobs(sql::Transaction& transaction);
std::optional<base::Instant> first_due_job(sql::Transaction& transaction);

}  // namespace runtime
