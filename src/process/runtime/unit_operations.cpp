// What operators do to an instance by hand.
#include "process/bpmn/migration.hpp"
#include "process/runtime/task_store.hpp"
#include "process/runtime/unit.hpp"

namespace runtime {

using base::ErrorKind;
using base::fail;
using base::Result;

Result<> Unit::modify(const InstanceId& id, const Modification& wanted, const TrailEntry& noted)
{
    const auto* loaded = load(id);
    if (loaded == nullptr)
        return fail(ErrorKind::not_found, "runtime.unknown_instance");
    bpmn::Modify modification;
    for (const auto& element : wanted.activate) {
        modification.activate.push_back(loaded->definition->find(element));
        if (modification.activate.back() == bpmn::none)
            return fail(ErrorKind::not_found, "runtime.unknown_element", element);
    }
    for (const auto& element : wanted.terminate) {
        const auto node = loaded->definition->find(element);
        if (node == bpmn::none)
            return fail(ErrorKind::not_found, "runtime.unknown_element", element);
        const auto before = modification.terminate.size();
        for (const auto& instance : loaded->state.elements)
            if (instance.node == node && instance.role != bpmn::Role::inner)
                modification.terminate.push_back(instance.id);
        if (modification.terminate.size() == before)
            return fail(ErrorKind::invalid, "runtime.element_not_active", element);
    }
    for (const auto number : wanted.terminate_numbers) {
        const auto* element = loaded->state.find(static_cast<bpmn::Id>(number));
        if (element == nullptr || element->parent == 0)
            return fail(ErrorKind::invalid, "runtime.element_not_active", std::to_string(number));
        modification.terminate.push_back(element->id);
    }
    auto done = act(id, modification, noted);
    if (!done && done.error().message_key == "runtime.stale")
        return fail(ErrorKind::invalid, "runtime.cannot_modify", done.error().detail);
    return done;
}

Result<std::vector<std::string>> Unit::migrate(
    const InstanceId& id, int version, const MigrationPlan& plan, const TrailEntry& noted, bool is_dry_run
)
{
    auto* loaded = load(id);
    if (loaded == nullptr)
        return fail(ErrorKind::not_found, "runtime.unknown_instance");
    const auto& row = loaded->row;
    const auto target = DefinitionStore(transaction_)
                            .find(row.definition_tenant, Deployed::Kind::process, row.process_id, version);
    if (!target)
        return fail(
            ErrorKind::not_found, "runtime.unknown_version", row.process_id + " " + std::to_string(version)
        );
    const auto definition = parts_.definitions.process(transaction_, target->tenant, target->id, version);
    auto migrated = bpmn::migrate(*loaded->definition, *definition, loaded->state, plan, context());
    if (!migrated.problems.empty() || is_dry_run)
        return std::move(migrated.problems);

    auto encoded = encode_within_limit(migrated.outcome.state);
    if (!encoded)
        return encoded.error();
    const auto before = std::exchange(loaded->state, migrated.outcome.state);
    const auto from = std::exchange(loaded->definition, definition);
    loaded->row.version = version;
    loaded->encoded = std::move(*encoded);
    loaded->is_dirty = true;
    loaded->trail.push_back(noted);
    rename_rows(*loaded, before, *from);
    carry_out(*loaded, migrated.outcome);
    drain();
    return std::vector<std::string>();
}

// Tasks, jobs and incidents carry the element they belong to, for people and workers.
void Unit::rename_rows(const Loaded& loaded, const bpmn::State& before, const bpmn::Definition& from)
{
    const auto& to = *loaded.definition;
    TaskStore tasks(transaction_, tenant_);
    WaitingStore waiting(transaction_, tenant_);
    for (const auto& element : before.elements) {
        const auto& old = from.nodes.at(element.node);
        const auto& now = to.nodes.at(loaded.state.find(element.id)->node);
        if (old.id == now.id && old.name == now.name)
            continue;
        if (element.waiting == bpmn::Waiting::task)
            tasks.rename(loaded.row.id, element.job, now.id, now.name);
        if (element.waiting == bpmn::Waiting::job)
            jobs_.rename(tenant_, loaded.row.id, element.job, now.id);
        for (const auto& incident : before.incidents)
            if (incident.owner == element.id)
                waiting.rename_incident(loaded.row.id, incident.id, now.id, now.name);
    }
}

}  // namespace runtime
