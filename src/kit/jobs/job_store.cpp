#include "kit/jobs/job_store.hpp"

namespace jobs {

namespace {

using sql::Statement;

sql::Value milliseconds(base::Instant instant)
{
    return std::int64_t{instant.time_since_epoch().count()};
}

base::Instant instant(std::int64_t milliseconds_since_1970)
{
    return base::Instant(std::chrono::milliseconds(milliseconds_since_1970));
}

// A payload is what we wrote ourselves.
json::Value parse_payload(const std::string& text)
{
    auto payload = json::parse(text);
    if (!payload)
        throw std::runtime_error("a job's payload is not JSON: " + payload.error().detail);
    return std::move(*payload);
}

}  // namespace

bool JobStore::add(const base::TenantId& tenant, const JobId& id, const NewJob& job, base::Instant due)
{
    static constexpr Statement insert{
        "INSERT INTO background_jobs"
        " (tenant_id, id, kind, unique_key, payload, state, due_at, attempts, most_attempts)"
        " VALUES (:tenant_id, :id, :kind, :unique_key, :payload, 'waiting', :due_at, 0, :most_attempts)"};
    const auto unique_key = job.unique_key.empty() ? sql::Value(nullptr) : sql::Value(job.unique_key);
    return transaction_.try_insert(
        insert,
        {{"tenant_id", tenant.text},
         {"id", id.text},
         {"kind", job.kind},
         {"unique_key", unique_key},
         {"payload", json::write(job.payload)},
         {"due_at", milliseconds(due)},
         {"most_attempts", std::int64_t{job.most_attempts}}}
    );
}

std::vector<Candidate> JobStore::due(base::Instant now, std::size_t most) const
{
    // The tenants are found by leaps through the index, not by reading all that is due; of each only what is
    // not later than its fourth.
    static constexpr Statement select{
        "WITH RECURSIVE tenants(tenant_id) AS ("
        "  SELECT min(tenant_id) FROM background_jobs WHERE state = 'waiting'"
        "  UNION ALL"
        "  SELECT (SELECT min(later.tenant_id) FROM background_jobs later"
        "          WHERE later.state = 'waiting' AND later.tenant_id > tenants.tenant_id)"
        "  FROM tenants WHERE tenants.tenant_id IS NOT NULL"
        ")"
        " SELECT job.tenant_id, job.id, job.kind, job.payload, job.attempts, job.most_attempts, job.due_at,"
        "  row_number() OVER (PARTITION BY job.tenant_id ORDER BY job.due_at, job.id) AS turn"
        " FROM tenants JOIN background_jobs job"
        " ON job.tenant_id = tenants.tenant_id AND job.state = 'waiting' AND job.due_at <= :now"
        " AND job.due_at <= COALESCE("
        "  (SELECT fourth.due_at FROM background_jobs fourth"
        "   WHERE fourth.tenant_id = tenants.tenant_id AND fourth.state = 'waiting'"
        "   ORDER BY fourth.due_at LIMIT 1 OFFSET 3), :now)"
        " ORDER BY turn, job.due_at, job.id LIMIT :most"};
    return transaction_.all(
        select,
        {{"now", milliseconds(now)}, {"most", static_cast<std::int64_t>(most)}},
        [](const sql::Row& row) {
            return Candidate{
                .job{
                    .id{row.text(1)},
                    .tenant{row.text(0)},
                    .kind = row.text(2),
                    .payload = parse_payload(row.text(3)),
                    .attempt = static_cast<int>(row.integer(4)) + 1,
                    .most_attempts = static_cast<int>(row.integer(5))},
                .due = instant(row.integer(6)),
            };
        }
    );
}

bool JobStore::lock(const Candidate& candidate, base::Instant until)
{
    static constexpr Statement update{"UPDATE background_jobs SET due_at = :until, attempts = :attempt"
                                      " WHERE tenant_id = :tenant_id AND id = :id AND state = 'waiting'"
                                      " AND due_at = :due_at AND attempts + 1 = :attempt"};
    return transaction_.execute(
               update,
               {{"until", milliseconds(until)},
                {"tenant_id", candidate.job.tenant.text},
                {"id", candidate.job.id.text},
                {"due_at", milliseconds(candidate.due)},
                {"attempt", std::int64_t{candidate.job.attempt}}}
           ) == 1;
}

bool JobStore::remove(const Candidate& candidate)
{
    static constexpr Statement remove_seen{
        "DELETE FROM background_jobs WHERE tenant_id = :tenant_id AND id = :id AND state = 'waiting'"
        " AND due_at = :due_at AND attempts + 1 = :attempt"};
    return transaction_.execute(
               remove_seen,
               {{"tenant_id", candidate.job.tenant.text},
                {"id", candidate.job.id.text},
                {"due_at", milliseconds(candidate.due)},
                {"attempt", std::int64_t{candidate.job.attempt}}}
           ) == 1;
}

bool JobStore::remove_attempt(const Job& job)
{
    static constexpr Statement remove_own{
        "DELETE FROM background_jobs WHERE tenant_id = :tenant_id AND id = :id AND attempts = :attempt"};
    return transaction_.execute(
               remove_own,
               {{"tenant_id", job.tenant.text}, {"id", job.id.text}, {"attempt", std::int64_t{job.attempt}}}
           ) == 1;
}

void JobStore::postpone(const Job& job, base::Instant due, std::string_view error)
{
    // The attempt may have been rolled back with its number, so both are right.
    static constexpr Statement update{
        "UPDATE background_jobs SET due_at = :due_at, error = :error, attempts = :attempt"
        " WHERE tenant_id = :tenant_id AND id = :id AND attempts <= :attempt AND attempts + 1 >= :attempt"};
    transaction_.execute(
        update,
        {{"due_at", milliseconds(due)},
         {"error", std::string(error)},
         {"tenant_id", job.tenant.text},
         {"id", job.id.text},
         {"attempt", std::int64_t{job.attempt}}}
    );
}

void JobStore::bury(const Job& job, base::Instant now, std::string_view error)
{
    static constexpr Statement update{
        "UPDATE background_jobs SET state = 'dead', due_at = :now, error = :error, attempts = :attempt"
        " WHERE tenant_id = :tenant_id AND id = :id AND attempts <= :attempt AND attempts + 1 >= :attempt"};
    transaction_.execute(
        update,
        {{"now", milliseconds(now)},
         {"error", std::string(error)},
         {"tenant_id", job.tenant.text},
         {"id", job.id.text},
         {"attempt", std::int64_t{job.attempt}}}
    );
}

std::vector<DeadJob> JobStore::dead(std::size_t most) const
{
    // Canton-wide: for operators.
    static constexpr Statement select{
        "SELECT tenant_id, id, kind, error, due_at FROM background_jobs WHERE state = 'dead'"
        " ORDER BY due_at DESC, id LIMIT :most"};
    return transaction_.all(select, {{"most", static_cast<std::int64_t>(most)}}, [](const sql::Row& row) {
        return DeadJob{
            .id{row.text(1)},
            .tenant{row.text(0)},
            .kind = row.text(2),
            .error = row.text_or_null(3).value_or(""),
            .died_at = instant(row.integer(4)),
        };
    });
}

std::vector<Backlog::Count> JobStore::count() const
{
    // Canton-wide: for operators.
    static constexpr Statement select{
        "SELECT kind, sum(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END),"
        " sum(CASE WHEN state = 'dead' THEN 1 ELSE 0 END) FROM background_jobs GROUP BY kind ORDER BY kind"};
    return transaction_.all(select, {}, [](const sql::Row& row) {
        return Backlog::Count{.kind = row.text(0), .waiting = row.integer(1), .dead = row.integer(2)};
    });
}

std::optional<base::Instant> JobStore::first_due() const
{
    // Canton-wide: for operators.
    static constexpr Statement select{
        "SELECT due_at FROM background_jobs WHERE state = 'waiting' ORDER BY due_at LIMIT 1"};
    return transaction_.first(select, {}, [](const sql::Row& row) { return instant(row.integer(0)); });
}

bool JobStore::revive(const JobId& id, base::Instant now)
{
    // Canton-wide: for operators.
    static constexpr Statement update{
        "UPDATE background_jobs SET state = 'waiting', due_at = :now, attempts = 0 WHERE id = :id AND state = 'dead'"};
    return transaction_.execute(update, {{"now", milliseconds(now)}, {"id", id.text}}) == 1;
}

bool JobStore::claim_period(std::string_view name, base::Instant now, base::Instant next)
{
    // Canton-wide: periodic work belongs to no tenant.
    static constexpr Statement insert{"INSERT INTO periodic_work (name, next_at) VALUES (:name, :next)"};
    static constexpr Statement update{
        "UPDATE periodic_work SET next_at = :next WHERE name = :name AND next_at <= :now"};
    const sql::Value name_value = std::string(name);
    if (transaction_.try_insert(insert, {{"name", name_value}, {"next", milliseconds(next)}}))
        return true;
    return transaction_.execute(
               update, {{"name", name_value}, {"next", milliseconds(next)}, {"now", milliseconds(now)}}
           ) == 1;
}

}  // namespace jobs
