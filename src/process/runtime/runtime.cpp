#include "process/runtime/runtime.hpp"

#include "process/runtime/deploy.hpp"
#include "process/runtime/message_store.hpp"
#include "process/runtime/parts.hpp"
#include "process/runtime/task_store.hpp"
#include "process/runtime/unit.hpp"
#include "process/runtime/work.hpp"

#include <stdexcept>

namespace runtime {

using base::Done;
using base::ErrorKind;
using base::fail;
using base::Result;

struct Runtime::Implementation {
    Implementation(sql::Database& database, const base::Clock& clock, base::Random& random, Options options)
        : parts(database, clock, random, std::move(options)),
          loop(
              [this] { return look_for_work(parts); },
              [this](const std::string& key, std::string_view message) {
                  if (parts.options.report)
                      parts.options.report(key, {}, message);
              }
          )
    {
        parts.wake = [this] { loop.wake(); };
    }

    void refuse_second(const std::string& type) const
    {
        if (parts.workers.contains(type) || parts.transaction_workers.contains(type))
            throw std::logic_error("two workers for jobs of type " + type);
    }

    TrailEntry
    note(std::string element, std::string event, std::string_view who, std::string detail = {}) const
    {
        return {
            .at = parts.clock.now(),
            .element = std::move(element),
            .event = std::move(event),
            .who = std::string(who),
            .detail = std::move(detail),
        };
    }

    // What a worker inside a unit reads, it must see as the unit left it.
    void save_unit_of(sql::Transaction& transaction)
    {
        const std::lock_guard lock(parts.units_mutex);
        if (const auto known = parts.units.find(&transaction); known != parts.units.end())
            known->second->save();
    }

    Parts parts;
    jobs::WorkLoop loop;  // after the parts, so that its threads end before them
};

Runtime::Runtime(sql::Database& database, const base::Clock& clock, base::Random& random, Options options)
    : implementation_(std::make_unique<Implementation>(database, clock, random, std::move(options)))
{
}

Runtime::~Runtime() = default;

Result<std::vector<Deployed>>
Runtime::deploy(sql::Transaction& transaction, std::span<const Resource> resources)
{
    return runtime::deploy(implementation_->parts, transaction, resources);
}

Result<InstanceId> Runtime::start(
    sql::Transaction& transaction,
    std::string_view process_id,
    std::string_view business_key,
    const Variables& variables
)
{
    const auto process =
        DefinitionStore(transaction).find_newest(transaction.tenant(), Deployed::Kind::process, process_id);
    if (!process)
        return fail(ErrorKind::not_found, "runtime.unknown_process", "no process " + std::string(process_id));
    UnitScope unit(implementation_->parts, transaction);
    auto started = unit->start(*process, {.business_key = std::string(business_key), .variables = variables});
    if (started)
        unit.finish();
    return started;
}

Result<InstanceId> Runtime::start_version(
    sql::Transaction& transaction,
    std::string_view definition_key,
    std::string_view business_key,
    const Variables& variables
)
{
    const auto row = DefinitionStore(transaction).find_by_key(transaction.tenant(), definition_key);
    if (!row || row->kind != Deployed::Kind::process)
        return fail(ErrorKind::not_found, "runtime.unknown_process", std::string(definition_key));
    UnitScope unit(implementation_->parts, transaction);
    auto started = unit->start(*row, {.business_key = std::string(business_key), .variables = variables});
    if (started)
        unit.finish();
    return started;
}

std::vector<Definition>
Runtime::definitions(sql::Transaction& transaction, const DefinitionFilter& filter) const
{
    return DefinitionStore(transaction).search(transaction.tenant(), filter);
}

std::optional<std::string> Runtime::definition_file(sql::Transaction& transaction, std::string_view key) const
{
    const DefinitionStore store(transaction);
    const auto row = store.find_by_key(transaction.tenant(), key);
    return row ? std::optional(store.resource(row->tenant, row->checksum)) : std::nullopt;
}

Result<feel::Value>
Runtime::decide(sql::Transaction& transaction, std::string_view decision, const Variables& inputs) const
{
    return runtime::decide(implementation_->parts, transaction, decision, inputs);
}

Result<std::string> Runtime::publish_message(sql::Transaction& transaction, const Message& message)
{
    Message published = message;
    published.key = implementation_->parts.keys.make();
    MessageStore store(transaction, transaction.tenant());
    if (!message.id.empty() && store.is_known(message))
        return fail(ErrorKind::conflict, "runtime.known_message", message.id);
    UnitScope unit(implementation_->parts, transaction);
    unit->publish(published);
    unit.finish();
    return published.key;
}

Result<Runtime::Correlated> Runtime::correlate_message(sql::Transaction& transaction, const Message& message)
{
    Message published = message;
    published.key = implementation_->parts.keys.make();
    published.time_to_live = {};
    UnitScope unit(implementation_->parts, transaction);
    auto reached = unit->correlate(published);
    if (!reached)
        return fail(ErrorKind::not_found, "runtime.nobody_waits", message.name);
    unit.finish();
    return Correlated{published.key, std::move(*reached)};
}

std::string
Runtime::broadcast_signal(sql::Transaction& transaction, std::string_view name, const Variables& variables)
{
    UnitScope unit(implementation_->parts, transaction);
    unit->broadcast(name, variables);
    unit.finish();
    return implementation_->parts.keys.make();
}

FoundInstances Runtime::find_instances(sql::Transaction& transaction, const InstanceFilter& filter) const
{
    implementation_->save_unit_of(transaction);
    return InstanceStore(transaction, transaction.tenant()).search(filter);
}

std::optional<Instance> Runtime::find_instance(sql::Transaction& transaction, const InstanceId& id) const
{
    implementation_->save_unit_of(transaction);
    return InstanceStore(transaction, transaction.tenant()).find(id);
}

Variables Runtime::variables(sql::Transaction& transaction, const InstanceId& id) const
{
    implementation_->save_unit_of(transaction);
    auto state = bpmn::decode(InstanceStore(transaction, transaction.tenant()).snapshot(id));
    if (!state)
        throw std::runtime_error("the snapshot of instance " + id.text + ": " + state.error().detail);
    return std::move(state->variables);
}

std::vector<TrailEntry> Runtime::trail(sql::Transaction& transaction, const InstanceId& id) const
{
    implementation_->save_unit_of(transaction);
    return InstanceStore(transaction, transaction.tenant()).trail(id);
}

Result<> Runtime::set_variables(
    sql::Transaction& transaction, const InstanceId& id, const Variables& variables, std::string_view who
)
{
    UnitScope unit(implementation_->parts, transaction);
    auto done = unit->act(
        id, bpmn::SetVariables{.variables = variables}, implementation_->note("", "variables_set", who)
    );
    if (done)
        unit.finish();
    return done;
}

Result<> Runtime::cancel(sql::Transaction& transaction, const InstanceId& id, std::string_view who)
{
    const auto instance = find_instance(transaction, id);
    if (instance && instance->parent)
        return fail(ErrorKind::conflict, "runtime.called_instance", "cancel the instance that called it");
    UnitScope unit(implementation_->parts, transaction);
    auto done = unit->act(id, bpmn::Cancel{}, implementation_->note("", "cancelled", who));
    if (done)
        unit.finish();
    return done;
}

std::vector<ActiveElement> Runtime::active_elements(sql::Transaction& transaction, const InstanceId& id) const
{
    implementation_->save_unit_of(transaction);
    return runtime::active_elements(implementation_->parts, transaction, id);
}

Result<> Runtime::modify(
    sql::Transaction& transaction, const InstanceId& id, const Modification& wanted, std::string_view who
)
{
    UnitScope unit(implementation_->parts, transaction);
    auto done = unit->modify(id, wanted, implementation_->note("", "modified", who));
    if (done)
        unit.finish();
    return done;
}

Result<std::vector<std::string>> Runtime::migrate(
    sql::Transaction& transaction,
    const InstanceId& id,
    int version,
    const MigrationPlan& plan,
    std::string_view who,
    bool is_dry_run
)
{
    UnitScope unit(implementation_->parts, transaction);
    auto problems = unit->migrate(
        id, version, plan, implementation_->note("", "migrated", who, std::to_string(version)), is_dry_run
    );
    if (problems && problems->empty() && !is_dry_run)
        unit.finish();
    return problems;
}

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

Result<> Runtime::complete_task(
    sql::Transaction& transaction, const TaskId& id, const Variables& variables, std::string_view who
)
{
    const TaskStore store(transaction, transaction.tenant());
    const auto seen = store.find(id);
    if (!seen)
        return fail(ErrorKind::not_found, "runtime.unknown_task");
    UnitScope unit(implementation_->parts, transaction);
    // Read again under the lock: somebody may have been first.
    const auto found = unit->lock(seen->task.instance) ? store.find(id) : std::nullopt;
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

std::vector<Job> Runtime::activate_jobs(
    sql::Transaction& transaction,
    std::string_view type,
    std::string_view worker,
    std::size_t most,
    std::chrono::milliseconds lock_time
)
{
    const auto now = implementation_->parts.clock.now();
    JobStore store(transaction);
    UnitScope unit(implementation_->parts, transaction);
    std::vector<Job> activated;
    for (const auto& row : store.due(transaction.tenant(), type, now, most))
        if (store.lock(row, worker, now + lock_time))
            activated.push_back(unit->describe(row));
    return activated;
}

Result<> Runtime::answer_job(sql::Transaction& transaction, const JobId& id, const Answer& answer)
{
    JobStore store(transaction);
    const auto seen = store.find(transaction.tenant(), id);
    if (!seen)
        return fail(ErrorKind::not_found, "runtime.unknown_job");
    UnitScope unit(implementation_->parts, transaction);
    const auto found = unit->lock(seen->instance) ? store.find(transaction.tenant(), id) : std::nullopt;
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
    JobStore store(transaction);
    const auto seen = store.find(transaction.tenant(), id);
    UnitScope unit(implementation_->parts, transaction);
    auto job = seen && unit->lock(seen->instance) ? store.find(transaction.tenant(), id) : std::nullopt;
    if (!job)
        return fail(ErrorKind::not_found, "runtime.unknown_job");
    if (lock_time)
        job->due = implementation_->parts.clock.now() + *lock_time;
    job->retries = retries.value_or(job->retries);
    store.save(*job);
    return Done{};
}

std::uint64_t Runtime::news() const
{
    return implementation_->parts.announcements.count();
}

void Runtime::wait_for_news(std::uint64_t seen, std::chrono::milliseconds at_most) const
{
    implementation_->parts.announcements.wait(seen, at_most);
}

std::size_t Runtime::run_due(std::size_t most)
{
    return implementation_->loop.run(most);
}

void Runtime::start_threads(std::size_t threads)
{
    implementation_->loop.start(threads);
}

void Runtime::stop()
{
    implementation_->loop.stop();
}

}  // namespace runtime
