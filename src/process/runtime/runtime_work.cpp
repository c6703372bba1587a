// What people and workers do: tasks, incidents, jobs.
#include "process/runtime/implementation.hpp"
#include "process/runtime/task_store.hpp"

namespace runtime {

using base::Done;
using base::ErrorKind;
using base::fail;
using base::Result;

std::vector<Task> Runtime::tasks(sql::Transaction& transaction, const TaskFilter& filter) const
{
    return TaskStore(transaction, transaction.tenant()).find_all(filter);
}

std::optional<Task> Runtime::find_task(sql::Transaction& transaction, const TaskId& id) const
{
    auto found = TaskStore(transaction, transaction.tenant()).find(id);
    return found ? std::optional(std::move(found->task)) : std::nullopt;
}

Result<> Runtime::claim_task(sql::Transaction& transaction, const TaskId& id, std::string_view who)
{
    TaskStore store(transaction, transaction.tenant());
    if (store.assign(id, who))
        return Done{};
    const auto found = store.find(id);
    if (!found)
        return fail(ErrorKind::not_found, "runtime.unknown_task");
    return fail(ErrorKind::conflict, "runtime.task_taken", found->task.assignee);
}

Result<> Runtime::release_task(sql::Transaction& transaction, const TaskId& id)
{
    if (!TaskStore(transaction, transaction.tenant()).release(id))
        return fail(ErrorKind::not_found, "runtime.unknown_task");
    return Done{};
}

Result<> Runtime::update_task(sql::Transaction& transaction, const TaskId& id, const TaskChange& change)
{
    TaskStore store(transaction, transaction.tenant());
    auto found = store.find(id);
    if (!found)
        return fail(ErrorKind::not_found, "runtime.unknown_task");
    auto& task = found->task;
    task.candidate_groups = change.candidate_groups.value_or(task.candidate_groups);
    task.candidate_users = change.candidate_users.value_or(task.candidate_users);
    task.priority = change.priority.value_or(task.priority);
    task.due = change.due.value_or(task.due);
    task.follow_up = change.follow_up.value_or(task.follow_up);
    store.save(task);
    return Done{};
}

Result<> Runtime::complete_task(
    sql::Transaction& transaction, const TaskId& id, const Variables& variables, std::string_view who
)
{
    UnitScope unit(implementation_->parts, transaction);
    const auto found = unit->lock(id);
    if (!found)
        return fail(ErrorKind::not_found, "runtime.unknown_task");
    const auto& task = found->task;
    if (!task.assignee.empty() && task.assignee != who)
        return fail(ErrorKind::conflict, "runtime.task_taken", task.assignee);

    auto done = unit->act(
        task.instance,
        bpmn::CompleteTask{.task = static_cast<bpmn::Id>(found->number), .variables = variables},
        implementation_->note(task.element, "task_completed", who)
    );
    if (done)
        unit.finish();
    return done;
}

std::vector<Incident> Runtime::incidents(sql::Transaction& transaction, std::size_t most) const
{
    return WaitingStore(transaction, transaction.tenant()).incidents(most);
}

std::optional<Incident> Runtime::find_incident(sql::Transaction& transaction, const IncidentId& id) const
{
    auto found = WaitingStore(transaction, transaction.tenant()).find_incident(id);
    return found ? std::optional(std::move(found->incident)) : std::nullopt;
}

Result<> Runtime::resolve_incident(sql::Transaction& transaction, const IncidentId& id, std::string_view who)
{
    const auto found = WaitingStore(transaction, transaction.tenant()).find_incident(id);
    if (!found)
        return fail(ErrorKind::not_found, "runtime.unknown_incident");
    UnitScope unit(implementation_->parts, transaction);
    auto done = unit->act(
        found->incident.instance,
        bpmn::ResolveIncident{.incident = static_cast<bpmn::Id>(found->number)},
        implementation_->note(found->incident.element, "incident_resolved", who)
    );
    if (done)
        unit.finish();
    return done;
}

void Runtime::register_worker(std::string type, Worker worker)
{
    implementation_->refuse_second(type);
    implementation_->parts.workers.emplace(std::move(type), std::move(worker));
}

void Runtime::register_worker_in_transaction(std::string type, TransactionWorker worker)
{
    implementation_->refuse_second(type);
    implementation_->parts.transaction_workers.emplace(std::move(type), std::move(worker));
}

std::vector<Job> Runtime::jobs(sql::Transaction& transaction, const JobFilter& filter) const
{
    implementation_->save_unit_of(transaction);
    std::vector<Job> found;
    for (const auto& row : JobStore(transaction).find_all(transaction.tenant(), filter))
        found.push_back(describe(row, InstanceStore(transaction, row.tenant).find_row(row.instance).value()));
    return found;
}

Load Runtime::load(sql::Transaction& transaction) const
{
    const auto now = implementation_->parts.clock.now();
    const auto timers = due_timers(transaction, now, 1);
    const auto job = first_due_job(transaction);
    return {
        .active_instances = count_active_instances(transaction),
        .jobs = count_jobs(transaction),
        .incidents = count_incidents(transaction),
        .timer_lag = timers.empty() ? std::chrono::milliseconds(0) : now - timers.front().due,
        .job_lag = job && *job < now ? now - *job : std::chrono::milliseconds(0),
    };
}

std::vector<Job> Runtime::activate_jobs(
    sql::Transaction& transaction,
    std::string_view type,
    std::string_view worker,
    std::size_t most,
    std::chrono::milliseconds lock_time
)
{
    const auto now = implementation_->parts.clock.now();
    const JobStore::Wanted wanted{
        .type = type, .worker = worker, .most = most, .now = now, .until = now + lock_time};
    std::vector<Job> activated;
    for (const auto& [job, instance] : JobStore(transaction).take_due(transaction.tenant(), wanted))
        activated.push_back(describe(job, instance));
    return activated;
}

Result<> Runtime::answer_job(sql::Transaction& transaction, const JobId& id, const Answer& answer)
{
    UnitScope unit(implementation_->parts, transaction);
    const auto found = unit->lock(id);
    if (!found)
        return fail(ErrorKind::not_found, "runtime.unknown_job");
    auto done = unit->answer(*found, answer);
    if (done)
        unit.finish();
    return done;
}

Result<> Runtime::update_job(
    sql::Transaction& transaction,
    const JobId& id,
    std::optional<std::chrono::milliseconds> lock_time,
    std::optional<int> retries
)
{
    UnitScope unit(implementation_->parts, transaction);
    auto job = unit->lock(id);
    if (!job)
        return fail(ErrorKind::not_found, "runtime.unknown_job");
    if (lock_time)
        job->due = implementation_->parts.clock.now() + *lock_time;
    job->retries = retries.value_or(job->retries);
    JobStore(transaction).save(*job);
    return Done{};
}

}  // namespace runtime
