#include "process/runtime/job_store.hpp"

#include "process/runtime/stored.hpp"

namespace runtime {

namespace {

using sql::Statement;
using stored::milliseconds;

// Of a row that begins with tenant_id, id, instance_id, number, type, element, headers, variables, token,
// retries, failures, due_at, priority, element_number, worker.
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
        .priority = static_cast<int>(row.integer(12)),
        .element_number = row.integer(13),
        .worker = row.text(14),
    };
}

}  // namespace

void JobStore::add(const JobRow& row)
{
    static constexpr Statement insert{
        "INSERT INTO process_jobs (tenant_id, id, instance_id, number, type, element, headers, variables, token, retries,"
        " failures, due_at, rank_at, priority, element_number, worker)"
        " VALUES (:tenant_id, :id, :instance_id, :number, :type, :element, :headers, :variables, :token, :retries,"
        " :failures, :due_at, :rank_at, :priority, :element_number, '')"};
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
         {"due_at", milliseconds(row.due)},
         {"rank_at", milliseconds(row.due - std::chrono::minutes(row.priority))},
         {"priority", std::int64_t{row.priority}},
         {"element_number", row.element_number}}
    );
}

std::optional<JobStore::Locked> JobStore::lock(const base::TenantId& tenant, const JobId& id)
{
    // The instance comes first: who locks an instance's rows begins with it. It is looked up by its key, lest
    // a planner without statistics joins the other way round.
    static constexpr Statement select{
        "SELECT job.tenant_id, job.id, job.instance_id, job.number, job.type, job.element, job.headers, job.variables,"
        "  job.token, job.retries, job.failures, job.due_at, job.priority, job.element_number, job.worker,"
        "  instance.id, instance.process_id, instance.version, instance.definition_tenant, instance.business_key,"
        "  instance.state, instance.revision, instance.started_at, instance.ended_at, instance.parent_id,"
        "  instance.parent_call, instance.start_key, instance.trace_id"
        " FROM process_instances instance JOIN process_jobs job ON job.tenant_id = :tenant_id AND job.id = :id"
        " WHERE instance.tenant_id = :tenant_id AND instance.id ="
        "  (SELECT owned.instance_id FROM process_jobs owned"
        "   WHERE owned.tenant_id = :tenant_id AND owned.id = :id)"};
    std::optional<Locked> found;
    transaction_.query_locked(
        select,
        {{"tenant_id", tenant.text}, {"id", id.text}},
        [&](const sql::Row& row) { found = {.job = read_job(row), .instance = read_instance(row, 15)}; }
    );
    return found;
}

void JobStore::remove(const base::TenantId& tenant, const InstanceId& instance, std::int64_t number)
{
    static constexpr Statement remove_job{
        "DELETE FROM process_jobs"
        " WHERE tenant_id = :tenant_id AND instance_id = :instance_id AND number = :number"};
    transaction_.execute_any(
        remove_job, {{"tenant_id", tenant.text}, {"instance_id", instance.text}, {"number", number}}
    );
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
        "UPDATE process_jobs SET retries = :retries, failures = :failures, due_at = :due_at,"
        " rank_at = :due_at - priority * 60000 WHERE tenant_id = :tenant_id AND id = :id"};
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
        "UPDATE process_jobs SET due_at = :due_at, rank_at = :due_at - priority * 60000"
        " WHERE tenant_id = :tenant_id AND id = :id"};
    // None is changed when the job is done meanwhile.
    transaction_.execute_any(
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
        "  job.retries, job.failures, job.due_at, job.priority, job.element_number, job.worker,"
        "  row_number() OVER (PARTITION BY job.tenant_id ORDER BY job.rank_at, job.id) AS turn"
        " FROM tenants JOIN process_jobs job"
        " ON job.tenant_id = tenants.tenant_id AND job.type = :type AND job.due_at <= :now"
        " AND job.rank_at <= COALESCE("
        "  (SELECT fourth.rank_at FROM process_jobs fourth"
        "   WHERE fourth.tenant_id = tenants.tenant_id AND fourth.type = :type AND fourth.due_at <= :now"
        "   ORDER BY fourth.rank_at LIMIT 1 OFFSET 3), 9223372036854775807)"
        " ORDER BY turn, job.rank_at, job.id LIMIT :most"};
    return transaction_.all(
        select,
        {{"type", stored::text(type)}, {"now", milliseconds(now)}, {"most", static_cast<std::int64_t>(most)}},
        read_job
    );
}

std::vector<JobStore::Locked> JobStore::take_due(const base::TenantId& tenant, const Wanted& wanted)
{
    // What is read of the instances never changes, so that they are not locked.
    static constexpr Statement select{
        "SELECT job.tenant_id, job.id, job.instance_id, job.number, job.type, job.element, job.headers, job.variables,"
        "  job.token, job.retries, job.failures, job.due_at, job.priority, job.element_number, job.worker,"
        "  (SELECT instance.business_key FROM process_instances instance"
        "   WHERE instance.tenant_id = :tenant_id AND instance.id = job.instance_id),"
        "  (SELECT instance.process_id FROM process_instances instance"
        "   WHERE instance.tenant_id = :tenant_id AND instance.id = job.instance_id),"
        "  (SELECT instance.trace_id FROM process_instances instance"
        "   WHERE instance.tenant_id = :tenant_id AND instance.id = job.instance_id)"
        " FROM process_jobs job WHERE job.tenant_id = :tenant_id AND job.type = :type AND job.due_at <= :now"
        " ORDER BY job.rank_at, job.id LIMIT :most"};
    static constexpr Statement update{
        "UPDATE process_jobs SET due_at = :until, rank_at = :until - priority * 60000, worker = :worker"
        " WHERE tenant_id = :tenant_id AND id = :id"};
    std::vector<Locked> taken;
    transaction_.query_free(
        select,
        {{"tenant_id", tenant.text},
         {"type", stored::text(wanted.type)},
         {"now", milliseconds(wanted.now)},
         {"most", static_cast<std::int64_t>(wanted.most)}},
        [&](const sql::Row& row) {
            auto job = read_job(row);
            const auto instance = job.instance;
            taken.push_back({
                .job = std::move(job),
                .instance{
                    .id = instance,
                    .process_id = row.text(16),
                    .business_key = row.text(15),
                    .trace_id = row.text_or_null(17).value_or(""),
                },
            });
        }
    );
    for (auto& [job, instance] : taken) {
        job.worker = wanted.worker;
        job.due = wanted.until;
        transaction_.execute_one(
            update,
            {{"until", milliseconds(job.due)},
             {"worker", job.worker},
             {"tenant_id", tenant.text},
             {"id", job.id.text}}
        );
    }
    return taken;
}

std::vector<JobRow> JobStore::find_all(const base::TenantId& tenant, const JobFilter& filter) const
{
    static constexpr Statement select{
        "SELECT tenant_id, id, instance_id, number, type, element, headers, variables, token, retries, failures, due_at,"
        " priority, element_number, worker FROM process_jobs WHERE tenant_id = :tenant_id"
        " AND (:instance_id = '' OR instance_id = :instance_id) AND (:type = '' OR type = :type)"
        " ORDER BY id LIMIT :most"};
    return transaction_.all(
        select,
        {{"tenant_id", tenant.text},
         {"instance_id", filter.instance},
         {"type", filter.type},
         {"most", static_cast<std::int64_t>(filter.most)}},
        read_job
    );
}

bool JobStore::take(const JobRow& row, std::string_view worker, base::Instant until)
{
    static constexpr Statement update{
        "UPDATE process_jobs SET due_at = :until, rank_at = :until - priority * 60000, worker = :worker"
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

std::vector<Load::Count> count_jobs(sql::Transaction& transaction)
{
    static constexpr Statement select{
        "SELECT tenant_id, type, count(*) FROM process_jobs GROUP BY tenant_id, type"};
    return transaction.all(select, {}, [](const sql::Row& row) {
        return Load::Count{.tenant{row.text(0)}, .name = row.text(1), .count = row.integer(2)};
    });
}

std::optional<base::Instant> first_due_job(sql::Transaction& transaction)
{
    // Canton-wide: for operators.
    static constexpr Statement select{"SELECT min(due_at) FROM process_jobs"};
    return transaction.first(
                          select, {}, [](const sql::Row& row) { return stored::instant_or_none(row, 0); }
    ).value_or(std::nullopt);
}

}  // namespace runtime
