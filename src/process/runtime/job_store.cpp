#include "process/runtime/job_store.hpp"

#include "process/runtime/stored.hpp"

namespace runtime {

namespace {

using sql::Statement;
using stored::milliseconds;

// Of a row that begins with tenant_id, id, instance_id, number, type, element, headers, variables, token,
// retries, failures, due_at.
JobRow read_job(const sql::Row& row)
{
    return {
        .id{row.text(1)},
        .tenant{row.text(0)},
        .instance{row.text(2)},
        .number = row.integer(3),
        .type = row.text(4),
        .element = row.text(5),
        .headers = stored::read_variables(row.text(6)),
        .variables = stored::read_variables(row.text(7)),
        .token = row.text(8),
        .retries = static_cast<int>(row.integer(9)),
        .failures = static_cast<int>(row.integer(10)),
        .due = stored::instant(row.integer(11)),
    };
}

}  // namespace

void JobStore::add(const JobRow& row)
{
    static constexpr Statement insert{
        "INSERT INTO process_jobs (tenant_id, id, instance_id, number, type, element, headers, variables, token, retries,"
        " failures, due_at, worker)"
        " VALUES (:tenant_id, :id, :instance_id, :number, :type, :element, :headers, :variables, :token, :retries,"
        " :failures, :due_at, '')"};
    transaction_.execute_one(
        insert,
        {{"tenant_id", row.tenant.text},
         {"id", row.id.text},
         {"instance_id", row.instance.text},
         {"number", row.number},
         {"type", row.type},
         {"element", row.element},
         {"headers", stored::write(row.headers)},
         {"variables", stored::write(row.variables)},
         {"token", row.token},
         {"retries", std::int64_t{row.retries}},
         {"failures", std::int64_t{row.failures}},
         {"due_at", milliseconds(row.due)}}
    );
}

std::optional<JobRow> JobStore::find(const base::TenantId& tenant, const JobId& id) const
{
    static constexpr Statement select{
        "SELECT tenant_id, id, instance_id, number, type, element, headers, variables, token, retries, failures, due_at"
        " FROM process_jobs WHERE tenant_id = :tenant_id AND id = :id"};
    return transaction_.first(select, {{"tenant_id", tenant.text}, {"id", id.text}}, read_job);
}

bool JobStore::remove(const base::TenantId& tenant, const InstanceId& instance, std::int64_t number)
{
    static constexpr Statement remove_job{
        "DELETE FROM process_jobs"
        " WHERE tenant_id = :tenant_id AND instance_id = :instance_id AND number = :number"};
    return transaction_.execute(
               remove_job, {{"tenant_id", tenant.text}, {"instance_id", instance.text}, {"number", number}}
           ) == 1;
}

void JobStore::rename(
    const base::TenantId& tenant, const InstanceId& instance, std::int64_t number, const std::string& element
)
{
    static constexpr Statement update{
        "UPDATE process_jobs SET element = :element"
        " WHERE tenant_id = :tenant_id AND instance_id = :instance_id AND number = :number"};
    transaction_.execute_one(
        update,
        {{"element", element}, {"tenant_id", tenant.text}, {"instance_id", instance.text}, {"number", number}}
    );
}

void JobStore::save(const JobRow& row)
{
    static constexpr Statement update{
        "UPDATE process_jobs SET retries = :retries, failures = :failures, due_at = :due_at"
        " WHERE tenant_id = :tenant_id AND id = :id"};
    transaction_.execute_one(
        update,
        {{"retries", std::int64_t{row.retries}},
         {"failures", std::int64_t{row.failures}},
         {"due_at", milliseconds(row.due)},
         {"tenant_id", row.tenant.text},
         {"id", row.id.text}}
    );
}

void JobStore::postpone(const JobRow& row, base::Instant due)
{
    static constexpr Statement update{
        "UPDATE process_jobs SET due_at = :due_at WHERE tenant_id = :tenant_id AND id = :id"};
    // None is changed when the job is done meanwhile.
    transaction_.execute(
        update, {{"due_at", milliseconds(due)}, {"tenant_id", row.tenant.text}, {"id", row.id.text}}
    );
}

std::vector<JobRow> JobStore::due_of_all(std::string_view type, base::Instant now, std::size_t most) const
{
    // The tenants are found by leaps through the index; of each only what is not later than its fourth.
    static constexpr Statement select{
        "WITH RECURSIVE tenants(tenant_id) AS ("
        "  SELECT min(tenant_id) FROM process_jobs WHERE type = :type"
        "  UNION ALL"
        "  SELECT (SELECT min(later.tenant_id) FROM process_jobs later WHERE later.type = :type"
        "          AND later.tenant_id > tenants.tenant_id)"
        "  FROM tenants WHERE tenants.tenant_id IS NOT NULL"
        ")"
        " SELECT job.tenant_id, job.id, job.instance_id, job.number, job.type, job.element, job.headers, job.variables, job.token,"
        "  job.retries, job.failures, job.due_at,"
        "  row_number() OVER (PARTITION BY job.tenant_id ORDER BY job.due_at, job.id) AS turn"
        " FROM tenants JOIN process_jobs job"
        " ON job.tenant_id = tenants.tenant_id AND job.type = :type AND job.due_at <= :now"
        " AND job.due_at <= COALESCE("
        "  (SELECT fourth.due_at FROM process_jobs fourth"
        "   WHERE fourth.tenant_id = tenants.tenant_id AND fourth.type = :type"
        "   ORDER BY fourth.due_at LIMIT 1 OFFSET 3), :now)"
        " ORDER BY turn, job.due_at, job.id LIMIT :most"};
    return transaction_.all(
        select,
        {{"type", stored::text(type)}, {"now", milliseconds(now)}, {"most", static_cast<std::int64_t>(most)}},
        read_job
    );
}

std::vector<JobRow>
JobStore::due(const base::TenantId& tenant, std::string_view type, base::Instant now, std::size_t most) const
{
    static constexpr Statement select{
        "SELECT tenant_id, id, instance_id, number, type, element, headers, variables, token, retries, failures, due_at"
        " FROM process_jobs WHERE tenant_id = :tenant_id AND type = :type AND due_at <= :now"
        " ORDER BY due_at, id LIMIT :most"};
    return transaction_.all(
        select,
        {{"tenant_id", tenant.text},
         {"type", stored::text(type)},
         {"now", milliseconds(now)},
         {"most", static_cast<std::int64_t>(most)}},
        read_job
    );
}

bool JobStore::lock(const JobRow& row, std::string_view worker, base::Instant until)
{
    static constexpr Statement update{"UPDATE process_jobs SET due_at = :until, worker = :worker"
                                      " WHERE tenant_id = :tenant_id AND id = :id AND due_at = :due_at"};
    return transaction_.execute(
               update,
               {{"until", milliseconds(until)},
                {"worker", stored::text(worker)},
                {"tenant_id", row.tenant.text},
                {"id", row.id.text},
                {"due_at", milliseconds(row.due)}}
           ) == 1;
}

}  // namespace runtime
