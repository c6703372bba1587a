// What a unit does with jobs and tasks.
#include "process/runtime/unit.hpp"

#include <stdexcept>

namespace runtime {

using base::Done;
using base::Result;

namespace {

constexpr std::chrono::milliseconds first_back_off = std::chrono::seconds(10);
constexpr std::chrono::milliseconds longest_back_off = std::chrono::hours(1);

std::chrono::milliseconds back_off_after(int failures)
{
    return failures > 10 ? longest_back_off
                         : std::min(longest_back_off, first_back_off * (1 << (failures - 1)));
}

}  // namespace

std::optional<TaskRow> Unit::lock(const TaskId& id)
{
    auto found = TaskStore(transaction_, tenant_).lock(id);
    if (!found || adopt(std::move(found->instance)).row.state != InstanceState::active)
        return std::nullopt;
    return std::move(found->task);
}

std::optional<JobRow> Unit::lock(const JobId& id)
{
    auto found = jobs_.lock(tenant_, id);
    if (!found || adopt(std::move(found->instance)).row.state != InstanceState::active)
        return std::nullopt;
    return std::move(found->job);
}

Job Unit::describe(const JobRow& row)
{
    // Not locked: what is read here never changes, and who takes jobs must not wait for those who do others
    // of the same instances.
    const auto known = loaded_.find(row.instance);
    const auto instance =
        known != loaded_.end() ? std::optional(known->second.row) : instances_.find_row(row.instance);
    if (!instance)
        throw std::logic_error("a job without its instance: " + row.id.text);
    return runtime::describe(row, *instance);
}

Job describe(const JobRow& row, const InstanceRow& instance)
{
    return {
        .id = row.id,
        .tenant = row.tenant,
        .type = row.type,
        .instance = row.instance,
        .business_key = instance.business_key,
        .process_id = instance.process_id,
        .element = row.element,
        .headers = row.headers,
        .variables = row.variables,
        .retries = row.retries,
        .failures = row.failures,
        .priority = row.priority,
        .element_number = row.element_number,
        .worker = row.worker,
        .due = row.due,
        .idempotency_key = row.token,
        .trace_id = instance.trace_id.empty() ? trace_id_of(instance.id) : instance.trace_id,
    };
}

void Unit::run(const InlineJob& job)
{
    const auto worker = parts_.transaction_workers.find(job.row.type);
    const auto answered = worker->second(transaction_, describe(job.row));
    if (const auto* failure = std::get_if<Failed>(&answered)) {
        retry_later(job.row, *failure);
        return;
    }
    // What the process cannot take (too large) is the worker's failure, for an operator to see.
    if (const auto taken = answer(job.row, answered); !taken)
        retry_later(
            job.row, {.message = taken.error().message_key + " " + taken.error().detail, .retries = 0}
        );
}

// A job that failed at its first attempt, in the transaction in which it came.
void Unit::retry_later(JobRow row, const Failed& failure)
{
    jobs_.add(row);
    unstored_.erase({row.instance, row.number});
    // The stimulus of a failure always fits: the job is there.
    const auto noted = answer(row, failure);
    if (!noted)
        throw std::logic_error("the failure of a job was refused: " + noted.error().detail);
}

// To those who do jobs of its type, here or outside.
void Unit::announce(const JobRow& row)
{
    transaction_.after_commit([&parts = parts_, tenant = row.tenant, type = row.type] {
        if (parts.workers.contains(type))
            parts.wake();
        else
            parts.announcements.announce(jobs_topic(tenant, type));
    });
}

Result<> Unit::answer(const JobRow& row, const Answer& answer)
{
    const auto number = static_cast<bpmn::Id>(row.number);
    // The engine asks for the job to be removed once it is over.
    if (const auto* completed = std::get_if<Completed>(&answer))
        return act(row.instance, bpmn::CompleteJob{.job = number, .variables = completed->variables});
    if (const auto* error = std::get_if<BpmnError>(&answer))
        return act(
            row.instance,
            bpmn::ThrowError{
                .job_or_task = number,
                .code = error->code,
                .message = error->message,
                .variables = error->variables}
        );

    const auto& failure = std::get<Failed>(answer);
    auto changed = row;
    changed.retries = std::max(0, failure.retries.value_or(row.retries - 1));
    changed.failures = row.failures + 1;
    changed.due = parts_.clock.now() + failure.back_off.value_or(back_off_after(changed.failures));
    if (changed.retries > 0) {
        jobs_.save(changed);
        if (changed.due <= parts_.clock.now())
            announce(changed);
        return Done{};
    }
    return act(row.instance, bpmn::FailJob{.job = number, .message = failure.message});
}

}  // namespace runtime
