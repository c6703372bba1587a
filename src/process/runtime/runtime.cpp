#include "process/runtime/runtime.hpp"

#include "base/trace.hpp"
#include "process/runtime/deploy.hpp"
#include "process/runtime/elements.hpp"
#include "process/runtime/implementation.hpp"

namespace runtime {

using base::ErrorKind;
using base::fail;
using base::Result;

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
    auto started = unit->start(
        *process,
        {.business_key = std::string(business_key), .variables = variables, .trace_id = base::current_trace()}
    );
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
    auto started = unit->start(
        *row,
        {.business_key = std::string(business_key), .variables = variables, .trace_id = base::current_trace()}
    );
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

Result<> Runtime::remove_definition(const base::TenantId& tenant, std::string_view key)
{
    auto& database = implementation_->parts.database;
    std::optional<DefinitionRow> row;
    {
        auto transaction = database.begin_read(tenant);
        row = DefinitionStore(transaction).find_by_key(tenant, key);
    }
    if (!row || row->tenant != tenant)
        return fail(ErrorKind::not_found, "runtime.unknown_definition", std::string(key));
    {
        // What the canton has deployed may run in any authority.
        auto transaction = database.begin_read_across_tenants();
        if (has_active_instances(transaction, *row))
            return fail(
                ErrorKind::conflict,
                "runtime.version_in_use",
                row->id + " " + std::to_string(row->version) + " has active instances"
            );
    }
    auto transaction = database.begin(tenant);
    auto removed = remove_version(implementation_->parts, transaction, *row);
    if (removed)
        transaction.commit();
    return removed;
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

std::vector<Instance>
Runtime::find_instances(sql::Transaction& transaction, const InstanceFilter& filter) const
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
    return std::move(read_state(transaction, id).state.variables);
}

std::vector<TrailEntry> Runtime::trail(sql::Transaction& transaction, const InstanceId& id) const
{
    implementation_->save_unit_of(transaction);
    return InstanceStore(transaction, transaction.tenant()).trail(id);
}

Result<> Runtime::set_variables(
    sql::Transaction& transaction,
    const InstanceId& id,
    const Variables& variables,
    std::string_view who,
    std::int64_t element_number
)
{
    UnitScope unit(implementation_->parts, transaction);
    auto done = unit->act(
        id,
        bpmn::SetVariables{.variables = variables, .element = static_cast<bpmn::Id>(element_number)},
        implementation_->note("", "variables_set", who)
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

std::vector<ElementInstance>
Runtime::element_instances(sql::Transaction& transaction, const InstanceId& id) const
{
    implementation_->save_unit_of(transaction);
    return runtime::element_instances(implementation_->parts, transaction, id);
}

std::vector<LocalVariables>
Runtime::local_variables(sql::Transaction& transaction, const InstanceId& id) const
{
    implementation_->save_unit_of(transaction);
    std::vector<LocalVariables> all;
    for (const auto& element : read_state(transaction, id).state.elements)
        if (!element.locals.empty())
            all.push_back({std::int64_t{element.id}, element.locals});
    return all;
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

std::unique_ptr<Announcements::Listener>
Runtime::listen_for_jobs(const base::TenantId& tenant, std::string_view type)
{
    return std::make_unique<Announcements::Listener>(
        implementation_->parts.announcements, jobs_topic(tenant, type)
    );
}

std::unique_ptr<Announcements::Listener>
Runtime::listen_for_end(const base::TenantId& tenant, const InstanceId& id)
{
    return std::make_unique<Announcements::Listener>(
        implementation_->parts.announcements, end_topic(tenant, id)
    );
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
