#pragma once

#include "kit/jobs/queue.hpp"
#include "kit/jobs/runner.hpp"
#include "kit/sql/database.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jobs {

// A job as a runner found it. `due` and `job.attempt` tell whether somebody else had it meanwhile.
struct Candidate {
    Job job;
    base::Instant due;
};

// The tables of this room; the only place that knows them.
class JobStore {
public:
    explicit JobStore(sql::Transaction& transaction) : transaction_(transaction) {}

    bool add(const base::TenantId& tenant, const JobId& id, const NewJob& job, base::Instant due);

    // What is due, the tenants in turn and not more than four of one. Needs a transaction across tenants.
    std::vector<Candidate> due(base::Instant now, std::size_t most) const;

    // False when somebody else took it first.
    bool lock(const Candidate& candidate, base::Instant until);
    bool remove(const Candidate& candidate);
    // Of an attempt that was locked until then.
    bool remove_attempt(const Job& job);
    void postpone(const Job& job, base::Instant due, std::string_view error);
    void bury(const Job& job, base::Instant now, std::string_view error);

    std::vector<DeadJob> dead(std::size_t most) const;
    std::vector<Backlog::Count> count() const;
    std::optional<base::Instant> first_due() const;
    bool revive(const JobId& id, base::Instant now);

    // True for exactly one caller per interval.
    bool claim_period(std::string_view name, base::Instant now, base::Instant next);

private:
    sql::Transaction& transaction_;
};

}  // namespace jobs
