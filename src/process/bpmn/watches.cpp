#include "process/bpmn/run.hpp"
#include "process/bpmn/symbols/symbols.hpp"
#include "process/bpmn/timers.hpp"

#include <algorithm>

namespace bpmn {

namespace {

// Triggers that something outside the instance, or a variable, brings about. Errors, escalations,
// compensation and cancellation look for their catcher themselves.
bool is_watched(Trigger trigger)
{
    return trigger == Trigger::message || trigger == Trigger::timer || trigger == Trigger::signal ||
           trigger == Trigger::conditional;
}

}  // namespace

bool Run::watch(Id owner, NodeIndex event)
{
    for (std::uint32_t part = 0; part < node_at(event).events.size(); ++part) {
        if (!is_watched(node_at(event).events[part].trigger))
            continue;
        auto watch = make_watch(owner, event, part);
        if (!watch)
            return false;
        state_.watches.push_back(std::move(*watch));
    }
    return true;
}

bool Run::watch_attached(Id element)
{
    for (const NodeIndex event : node(element).boundary_events)
        if (!watch(element, event))
            return false;
    return true;
}

bool Run::watch_event_sub_processes(Id scope)
{
    for (const NodeIndex sub_process : node(scope).event_sub_processes)
        for (const NodeIndex start : definition_.start_events(sub_process))
            if (!watch(scope, start))
                return false;
    return true;
}

std::optional<Watch> Run::make_watch(Id owner, NodeIndex event, std::uint32_t part)
{
    const EventDefinition& what = node_at(event).events[part];
    Watch watch{.id = next_id(), .owner = owner, .event = event, .part = part, .trigger = what.trigger};
    std::string key;
    if (what.trigger == Trigger::message || what.trigger == Trigger::signal) {
        auto name = text_of(owner, what.name, "The name of the event");
        if (!name)
            return std::nullopt;
        watch.name = std::move(*name);
    }
    if (what.trigger == Trigger::message) {
        auto evaluated = text_of(owner, what.correlation_key, "The correlation key");
        if (!evaluated)
            return std::nullopt;
        key = std::move(*evaluated);
    }
    if (what.trigger == Trigger::timer && !plan_timer(owner, what, watch))
        return std::nullopt;
    if (what.trigger == Trigger::conditional)
        has_changes_ = true;
    announce(watch, what, std::move(key));
    return watch;
}

bool Run::plan_timer(Id owner, const EventDefinition& event, Watch& watch)
{
    const auto plan =
        bpmn::plan_timer(event.timer_kind, value_of(owner, event.timer), context_.now, context_.zone);
    if (!plan) {
        fail(owner, "timer", "The timer «" + event.timer.text + "» cannot be set: " + plan.error().detail);
        return false;
    }
    watch.due = plan->due;
    watch.repetitions = plan->repetitions;
    watch.cycle = plan->cycle;
    return true;
}

void Run::announce(const Watch& watch, const EventDefinition& event, std::string correlation_key)
{
    if (event.trigger == Trigger::timer)
        emit(SetTimer{watch.id, watch.event, watch.due});
    else if (event.trigger == Trigger::message)
        emit(Subscribe{watch.id, watch.event, watch.name, std::move(correlation_key)});
    else if (event.trigger == Trigger::signal)
        emit(SubscribeSignal{watch.id, watch.event, watch.name});
}

void Run::withdraw(const Watch& watch)
{
    if (watch.trigger == Trigger::timer)
        emit(ClearTimer{watch.id});
    else if (watch.trigger != Trigger::conditional)
        emit(Unsubscribe{watch.id});
}

template <class Unwanted>
void Run::drop_watches(Unwanted unwanted)
{
    for (const Watch& watch : state_.watches)
        if (unwanted(watch))
            withdraw(watch);
    std::erase_if(state_.watches, unwanted);
}

void Run::unwatch(Id owner)
{
    drop_watches([&](const Watch& watch) { return watch.owner == owner; });
}

void Run::unwatch(Id owner, NodeIndex event)
{
    drop_watches([&](const Watch& watch) { return watch.owner == owner && watch.event == event; });
}

void Run::unwatch_event_sub_processes(Id scope)
{
    for (const NodeIndex sub_process : node(scope).event_sub_processes)
        for (const NodeIndex start : definition_.start_events(sub_process))
            unwatch(scope, start);
}

void Run::forget_watch(Id id)
{
    drop_watches([&](const Watch& watch) { return watch.id == id; });
}

// Sets the timer again when its cycle goes on; false when it was the last time.
bool Run::rearm(Watch& watch)
{
    if (watch.cycle.empty() || watch.repetitions == 0)
        return false;
    const auto next = next_due(watch.cycle, watch.due, context_.now, context_.zone);
    if (!next)
        return false;
    watch.due = *next;
    if (watch.repetitions > 0)
        --watch.repetitions;
    emit(SetTimer{watch.id, watch.event, watch.due});
    return true;
}

void Run::happen(Id id, const Variables& payload)
{
    const auto found = std::find_if(state_.watches.begin(), state_.watches.end(), [&](const Watch& watch) {
        return watch.id == id;
    });
    if (found == state_.watches.end())
        return;
    const Id owner = found->owner;
    const NodeIndex event = found->event;
    const Node& what = node_at(event);
    if (what.is_parallel_multiple) {
        found->has_happened = true;
        for (Watch& watch : state_.watches)
            if (watch.owner == owner && watch.event == event && !watch.has_happened)
                return deliver(owner, payload);
        for (Watch& watch : state_.watches)
            if (watch.owner == owner && watch.event == event)
                watch.has_happened = false;
    }
    bool stays = found->trigger != Trigger::timer;
    if (found->trigger == Trigger::timer && !(stays = rearm(*found)))
        state_.watches.erase(found);
    react(owner, event, payload, stays);
}

// What an event leads to depends on where it stands.
void Run::react(Id owner, NodeIndex event, const Variables& payload, bool stays)
{
    const Node& what = node_at(event);
    const ElementInstance& instance = *find(owner);
    if (what.symbol == Symbol::boundary_event)
        return interrupt_or_join(owner, event, payload);
    if (what.symbol == Symbol::start_event && instance.node != event)
        return start_event_sub_process(owner, event, payload);
    if (instance.node != event)
        return take_arm(*this, owner, event, payload);
    // A catching event with a cycle lets a token go each time, and is over with the last.
    if (stays && what.trigger() == Trigger::timer && what.events.size() == 1) {
        deliver(owner, payload);
        for (const FlowIndex flow : what.outgoing)
            take(flow, instance.parent);
        return;
    }
    unwatch(owner, event);
    deliver(owner, payload);
    complete(owner);
}

void Run::interrupt_or_join(Id host, NodeIndex boundary_event, const Variables& payload)
{
    const Id scope = find(host)->parent;
    if (node_at(boundary_event).is_interrupting)
        terminate(host);
    begin_caught(boundary_event, scope, payload);
}

void Run::start_event_sub_process(Id scope, NodeIndex start, const Variables& payload)
{
    const NodeIndex sub_process = node_at(start).parent;
    if (node_at(start).is_interrupting) {
        terminate_children(scope);
        interrupt_compensation(*this, scope);
        unwatch_event_sub_processes(scope);
    }
    const Id element = create(sub_process, scope);
    ElementInstance* instance = find(element);
    instance->phase = Phase::working;
    instance->waiting = Waiting::scope;
    for (const auto& [name, value] : payload)
        set_local(element, name, value);
    if (!watch_event_sub_processes(element))
        return;
    begin_caught(start, element, {});
}

void Run::hear_signal(std::string_view name, const Variables& payload)
{
    std::vector<Id> listening;
    for (const Watch& watch : state_.watches)
        if (watch.trigger == Trigger::signal && watch.name == name)
            listening.push_back(watch.id);
    for (const Id id : listening)
        if (state_.outlook == Outlook::active)
            happen(id, payload);
}

}  // namespace bpmn
