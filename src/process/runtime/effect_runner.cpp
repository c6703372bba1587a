#include "process/runtime/effect_runner.hpp"

#include "process/runtime/message_store.hpp"
#include "process/runtime/task_store.hpp"

#include <algorithm>
#include <stdexcept>

namespace runtime {

void EffectRunner::operator()(const bpmn::CreateJob& effect)
{
    JobRow job{
        .id{unit_.parts_.keys.make()},
        .tenant = unit_.tenant_,
        .instance = row_.id,
        .number = effect.id,
        .type = effect.type,
        .element = node(effect.node).id,
        .variables = effect.variables,
        .token = row_.id.text + '.' + std::to_string(effect.element),
        .retries = std::max(1, effect.retries),
        .due = unit_.parts_.clock.now(),
        .priority = effect.priority,
        .element_number = effect.element,
    };
    // An element's listeners are work of their own.
    if (effect.kind != bpmn::JobKind::work)
        job.token += '.' + std::to_string(effect.id);
    for (const auto& [name, value] : effect.headers)
        job.headers.set(name, feel::Value(value));
    if (unit_.parts_.transaction_workers.contains(effect.type)) {
        unit_.unstored_.emplace(job.instance, job.number);
        unit_.pending_.emplace_back(Unit::InlineJob{std::move(job)});
        return;
    }
    unit_.jobs_.add(job);
    unit_.announce(job);
}

void EffectRunner::operator()(const bpmn::RemoveJob& effect)
{
    // It may still wait for its turn in this very unit.
    std::erase_if(unit_.pending_, [&](const Unit::Pending& pending) {
        const auto* job = std::get_if<Unit::InlineJob>(&pending);
        return job != nullptr && job->row.instance == row_.id && job->row.number == effect.id;
    });
    if (unit_.unstored_.erase({row_.id, effect.id}) == 0)
        unit_.jobs_.remove(unit_.tenant_, row_.id, effect.id);
}

void EffectRunner::operator()(const bpmn::CreateTask& effect)
{
    const auto& task = node(effect.node);
    TaskStore(unit_.transaction_, unit_.tenant_)
        .add({
            .task{
                .id{unit_.parts_.keys.make()},
                .tenant = unit_.tenant_,
                .instance = row_.id,
                .business_key = row_.business_key,
                .process_id = row_.process_id,
                .element = task.id,
                .name = task.name,
                .form = effect.form,
                .assignee = effect.assignee,
                .candidate_groups = effect.candidate_groups,
                .candidate_users = effect.candidate_users,
                .priority = effect.priority,
                .due = effect.due,
                .follow_up = effect.follow_up,
                .created_at = unit_.parts_.clock.now(),
                .element_number = effect.element,
            },
            .number = effect.id,
        });
}

void EffectRunner::operator()(const bpmn::RemoveTask& effect)
{
    TaskStore(unit_.transaction_, unit_.tenant_).remove(row_.id, effect.id);
}

void EffectRunner::operator()(const bpmn::SetTimer& effect)
{
    WaitingStore(unit_.transaction_, unit_.tenant_).add_timer(row_.id, effect.id, effect.due);
}

void EffectRunner::operator()(const bpmn::ClearTimer& effect)
{
    // Gone already when it has just fired.
    WaitingStore(unit_.transaction_, unit_.tenant_).remove_timer(row_.id, effect.id);
}

void EffectRunner::operator()(const bpmn::Subscribe& effect)
{
    Subscription subscription{
        .instance = row_.id,
        .number = effect.id,
        .process_id = row_.process_id,
        .name = effect.message,
        .correlation_key = effect.correlation_key,
    };
    MessageStore(unit_.transaction_, unit_.tenant_).lock(effect.message, effect.correlation_key);
    WaitingStore(unit_.transaction_, unit_.tenant_).add_subscription(subscription, unit_.parts_.clock.now());
    // A message may have come before.
    unit_.pending_.emplace_back(Unit::NewSubscription{.subscription = std::move(subscription)});
}

void EffectRunner::operator()(const bpmn::SubscribeSignal& effect)
{
    const Subscription subscription{
        .instance = row_.id,
        .number = effect.id,
        .process_id = row_.process_id,
        .kind = EventKind::signal,
        .name = effect.signal,
    };
    WaitingStore(unit_.transaction_, unit_.tenant_).add_subscription(subscription, unit_.parts_.clock.now());
}

void EffectRunner::operator()(const bpmn::Unsubscribe& effect)
{
    WaitingStore(unit_.transaction_, unit_.tenant_).remove_subscription(row_.id, effect.id);
}

void EffectRunner::operator()(const bpmn::PublishMessage& effect)
{
    unit_.pending_.emplace_back(Message{
        .name = effect.message, .correlation_key = effect.correlation_key, .variables = effect.variables});
}

void EffectRunner::operator()(const bpmn::BroadcastSignal& effect)
{
    unit_.pending_.emplace_back(Unit::Signal{
        .name = effect.signal, .variables = effect.variables, .by = row_.id});
}

void EffectRunner::operator()(const bpmn::StartProcess& effect)
{
    unit_.pending_.emplace_back(Unit::Call{.caller = row_.id, .wanted = effect});
}

void EffectRunner::operator()(const bpmn::CancelProcess& effect)
{
    // Still to be started in this very unit, or started before.
    std::erase_if(unit_.pending_, [&](const Unit::Pending& pending) {
        const auto* call = std::get_if<Unit::Call>(&pending);
        return call != nullptr && call->caller == row_.id && call->wanted.id == effect.id;
    });
    for (const auto& child : unit_.instances_.children(row_.id, effect.id))
        unit_.pending_.emplace_back(Unit::Word{.to = child, .stimulus = bpmn::Cancel{}});
}

void EffectRunner::operator()(const bpmn::Escalate& effect)
{
    tell_caller(bpmn::CallEscalated{
        .call = static_cast<bpmn::Id>(row_.parent_call), .code = effect.code, .variables = effect.variables});
}

void EffectRunner::tell_caller(bpmn::Stimulus stimulus)
{
    if (!row_.parent_id.empty())
        unit_.pending_.emplace_back(Unit::Word{.to{row_.parent_id}, .stimulus = std::move(stimulus)});
}

void EffectRunner::operator()(const bpmn::RaiseIncident& effect)
{
    const Incident incident{
        .id{unit_.parts_.keys.make()},
        .tenant = unit_.tenant_,
        .instance = row_.id,
        .business_key = row_.business_key,
        .process_id = row_.process_id,
        .element = node(effect.node).id,
        .element_name = node(effect.node).name,
        .kind = effect.kind,
        .message = effect.message,
        .raised_at = unit_.parts_.clock.now(),
        .element_number = effect.element,
    };
    trail_.push_back(
        {.at = incident.raised_at,
         .element = incident.element,
         .event = "incident_raised",
         .who = {},
         .detail = effect.kind + ": " + effect.message}
    );
    WaitingStore(unit_.transaction_, unit_.tenant_).add_incident(incident, effect.id);
}

void EffectRunner::operator()(const bpmn::ClearIncident& effect)
{
    WaitingStore(unit_.transaction_, unit_.tenant_).remove_incident(row_.id, effect.id);
}

void EffectRunner::operator()(const bpmn::Finish& effect)
{
    row_.ended_at = unit_.parts_.clock.now();
    row_.forget_at = *row_.ended_at + definition_.time_to_live.value_or(unit_.parts_.options.keep_for);
    const auto call = static_cast<bpmn::Id>(row_.parent_call);
    if (effect.outlook == bpmn::Outlook::failed)
        tell_caller(bpmn::CallFailed{
            .call = call, .code = effect.error_code, .message = effect.message, .variables = effect.variables}
        );
    else
        tell_caller(bpmn::CallCompleted{.call = call, .variables = effect.variables});
    if (!row_.start_key.empty())
        unit_.pending_.emplace_back(Unit::FreedStart{
            .process_id = row_.process_id, .start_key = row_.start_key});
}

}  // namespace runtime
