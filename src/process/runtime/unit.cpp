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

constexpr std::chrono::milliseconds first_back_off = std::chrono::seconds(10);
constexpr std::chrono::milliseconds longest_back_off = std::chrono::hours(1);

std::chrono::milliseconds back_off_after(int failures)
{
    return failures > 10 ? longest_back_off
                         : std::min(longest_back_off, first_back_off * (1 << (failures - 1)));
}

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
    if (!row)
        return nullptr;

    const auto cached = parts_.states.find(tenant_, id, row->revision);
    auto kept = cached ? *cached : read_state(transaction_, id);
    auto definition =
        parts_.definitions.process(transaction_, row->definition_tenant, row->process_id, row->version);
    Loaded loaded{
        .row = std::move(*row),
        .definition = std::move(definition),
        .state = std::move(kept.state),
        .stored = std::move(kept.aside),
    };
    return &loaded_.emplace(id, std::move(loaded)).first->second;
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
        return Done{};
    }
    return act(row.instance, bpmn::FailJob{.job = number, .message = failure.message});
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
                parts.announcements.announce();
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
