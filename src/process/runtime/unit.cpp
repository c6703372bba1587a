#include "process/runtime/unit.hpp"

#include "process/dmn/evaluate.hpp"
#include "process/runtime/effect_runner.hpp"
#include "process/runtime/message_store.hpp"
#include "process/runtime/value_store.hpp"

#include <stdexcept>
#include <utility>

namespace runtime {

using base::Done;
using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

InstanceState state_of(bpmn::Outlook outlook)
{
    switch (outlook) {
    case bpmn::Outlook::active: return InstanceState::active;
    case bpmn::Outlook::completed: return InstanceState::completed;
    case bpmn::Outlook::terminated: return InstanceState::terminated;
    case bpmn::Outlook::failed: return InstanceState::failed;
    }
    throw std::logic_error("an outlook without a state");
}

}  // namespace

Unit::Unit(Parts& parts, sql::Transaction& transaction)
    : parts_(parts), transaction_(transaction), tenant_(transaction.tenant()),
      instances_(transaction, tenant_), jobs_(transaction)
{
    if (tenant_.text == "*")
        throw std::logic_error("processes are run for one tenant, not across tenants");
}

Result<feel::Value>
decide(Parts& parts, sql::Transaction& transaction, std::string_view decision, const Variables& inputs)
{
    const auto row =
        DefinitionStore(transaction).find_newest(transaction.tenant(), Deployed::Kind::decision, decision);
    if (!row)
        return fail(ErrorKind::not_found, "runtime.unknown_decision", "no decision " + std::string(decision));
    const feel::Environment environment{
        .now = parts.clock.now(), .zone = parts.options.time_zone, .limits = parts.options.limits};
    auto outcome =
        dmn::evaluate(*parts.definitions.decision(transaction, *row), decision, inputs, environment);
    if (!outcome)
        return outcome.error();
    return outcome->value;
}

bpmn::StepContext Unit::context()
{
    return {
        .now = parts_.clock.now(),
        .zone = parts_.options.time_zone,
        .limits = parts_.options.limits,
        .decide = [this](
                      std::string_view decision, const Variables& inputs
                  ) { return runtime::decide(parts_, transaction_, decision, inputs); },
    };
}

Unit::Loaded* Unit::load(const InstanceId& id)
{
    if (const auto known = loaded_.find(id); known != loaded_.end())
        return &known->second;
    auto row = instances_.lock(id);
    return row ? &adopt(std::move(*row)) : nullptr;
}

// An instance whose row was read under its lock.
Unit::Loaded& Unit::adopt(InstanceRow row)
{
    const auto id = row.id;
    if (const auto known = loaded_.find(id); known != loaded_.end())
        return known->second;  // as this unit has changed it
    const auto cached = parts_.states.find(tenant_, id, row.revision);
    auto kept = cached ? *cached : read_state(transaction_, id);
    auto definition =
        parts_.definitions.process(transaction_, row.definition_tenant, row.process_id, row.version);
    Loaded loaded{
        .row = std::move(row),
        .definition = std::move(definition),
        .state = std::move(kept.state),
        .stored = std::move(kept.aside),
    };
    return loaded_.emplace(id, std::move(loaded)).first->second;
}

bool Unit::lock(const InstanceId& id)
{
    const auto* loaded = load(id);
    return loaded != nullptr && loaded->row.state == InstanceState::active;
}

Result<InstanceId> Unit::start(const DefinitionRow& process, const NewInstance& wanted)
{
    const auto definition =
        parts_.definitions.process(transaction_, process.tenant, process.id, process.version);
    const auto event = wanted.start_element.empty() ? bpmn::none : definition->find(wanted.start_element);
    auto outcome =
        bpmn::step(*definition, {}, bpmn::Start{event, wanted.variables, wanted.start_part}, context());
    if (!outcome.rejection.empty())
        return fail(ErrorKind::invalid, "runtime.cannot_start", outcome.rejection);
    auto encoded = encode_within_limit(outcome.state);
    if (!encoded)
        return encoded.error();

    Loaded loaded{
        .row{
            .id{parts_.keys.make_for_instance()},
            .process_id = process.id,
            .version = process.version,
            .definition_tenant = process.tenant,
            .business_key = wanted.business_key,
            .state = state_of(outcome.state.outlook),
            .started_at = parts_.clock.now(),
            .parent_id = wanted.parent_id,
            .parent_call = wanted.parent_call,
            .start_key = wanted.start_key,
            .trace_id = wanted.trace_id,
        },
        .definition = definition,
        .state = outcome.state,
        .encoded = std::move(*encoded),
        .trail = {{.at = parts_.clock.now(), .element = {}, .event = "started", .who = {}, .detail = {}}},
    };
    if (loaded.row.state != InstanceState::active) {
        loaded.row.ended_at = loaded.row.started_at;
        loaded.row.forget_at =
            loaded.row.started_at + definition->time_to_live.value_or(parts_.options.keep_for);
    }
    while (!instances_.add(loaded.row, loaded.encoded.snapshot)) {
        if (!wanted.start_key.empty() && instances_.is_start_key_taken(process.id, wanted.start_key))
            return fail(ErrorKind::conflict, "runtime.start_key_taken");
        // Another program has drawn the same number.
        loaded.row.id = {parts_.keys.make_for_instance()};
    }
    const auto id = loaded.row.id;
    save_values(loaded);
    carry_out(loaded_.emplace(id, std::move(loaded)).first->second, outcome);
    drain();
    return id;
}

Result<> Unit::act(const InstanceId& id, const bpmn::Stimulus& stimulus, const TrailEntry& noted)
{
    auto* loaded = load(id);
    if (loaded == nullptr)
        return fail(ErrorKind::not_found, "runtime.unknown_instance");
    if (loaded->row.state != InstanceState::active)
        return fail(ErrorKind::not_found, "runtime.instance_over");
    if (auto stepped = step(*loaded, stimulus, noted); !stepped)
        return stepped;
    drain();
    return Done{};
}

Result<Encoded> Unit::encode_within_limit(const bpmn::State& state) const
{
    auto encoded = encode_state(state);
    if (encoded.bytes() > parts_.options.most_bytes)
        return fail(ErrorKind::invalid, "runtime.too_large", std::to_string(encoded.bytes()) + " bytes");
    return encoded;
}

// A value that stays is not written again.
void Unit::save_values(Loaded& loaded)
{
    ValueStore store(transaction_, tenant_);
    std::set<std::string> wanted;
    for (const auto& [name, content] : loaded.encoded.aside.values) {
        wanted.insert(name);
        if (!loaded.stored.contains(name))
            store.add(loaded.row.id, name, content);
    }
    for (const auto& name : loaded.stored)
        if (!wanted.contains(name))
            store.remove(loaded.row.id, name);
    loaded.stored = std::move(wanted);
}

Result<> Unit::step(Loaded& loaded, const bpmn::Stimulus& stimulus, const TrailEntry& noted)
{
    const auto outcome = bpmn::step(*loaded.definition, loaded.state, stimulus, context());
    if (!outcome.rejection.empty())
        return fail(ErrorKind::not_found, "runtime.stale", outcome.rejection);
    auto encoded = encode_within_limit(outcome.state);
    if (!encoded)
        return encoded.error();

    loaded.state = outcome.state;
    loaded.row.state = state_of(outcome.state.outlook);
    loaded.encoded = std::move(*encoded);
    loaded.is_dirty = true;
    if (!noted.event.empty())
        loaded.trail.push_back(noted);
    carry_out(loaded, outcome);
    return Done{};
}

void Unit::carry_out(Loaded& loaded, const bpmn::Outcome& outcome)
{
    const auto now = parts_.clock.now();
    for (const auto& entry : outcome.trail) {
        const auto& element = entry.node != bpmn::none ? loaded.definition->nodes.at(entry.node).id
                                                       : loaded.definition->flows.at(entry.flow).id;
        loaded.trail.push_back(
            {.at = now,
             .element = element,
             .event = std::string(bpmn::name_of(entry.event)),
             .who = {},
             .detail = {},
             .element_number = entry.node != bpmn::none ? std::int64_t{entry.element} : 0}
        );
    }
    EffectRunner runner(*this, loaded.row, *loaded.definition, loaded.trail);
    for (const auto& effect : outcome.effects)
        std::visit(runner, effect);
}

void Unit::drain()
{
    if (is_draining_)
        return;
    is_draining_ = true;
    while (!pending_.empty()) {
        const auto next = std::move(pending_.front());
        pending_.pop_front();
        std::visit([this](const auto& one) { run(one); }, next);
    }
    is_draining_ = false;
}

void Unit::save()
{
    for (auto& [id, loaded] : loaded_) {
        if (!loaded.is_dirty && loaded.trail.empty())
            continue;
        if (loaded.is_dirty) {
            ++loaded.row.revision;
            instances_.save(loaded.row, loaded.encoded.snapshot);
            save_values(loaded);
        }
        instances_.add_trail(id, loaded.row.revision, loaded.trail);
        loaded.is_dirty = false;
        loaded.trail.clear();
        if (loaded.row.state == InstanceState::active)
            transaction_.after_commit(
                [&states = parts_.states,
                 tenant = tenant_,
                 id = id,
                 revision = loaded.row.revision,
                 state = std::make_shared<const KeptState>(KeptState{loaded.state, loaded.stored})] {
                    states.keep(tenant, id, revision, state);
                }
            );
        else
            transaction_.after_commit([&parts = parts_, tenant = tenant_, id = id] {
                parts.states.forget(tenant, id);
                parts.announcements.announce(end_topic(tenant, id));
            });
    }
}

UnitScope::UnitScope(Parts& parts, sql::Transaction& transaction) : parts_(parts), transaction_(transaction)
{
    const std::lock_guard lock(parts_.units_mutex);
    const auto known = parts_.units.find(&transaction);
    if (known != parts_.units.end()) {
        unit_ = known->second;
        return;
    }
    own_ = std::make_unique<Unit>(parts, transaction);
    unit_ = own_.get();
    parts_.units.emplace(&transaction, unit_);
}

UnitScope::~UnitScope()
{
    if (!own_)
        return;
    const std::lock_guard lock(parts_.units_mutex);
    parts_.units.erase(&transaction_);
}

void UnitScope::finish()
{
    if (own_)
        own_->save();
}

}  // namespace runtime
