#include "process/bpmn/symbols/symbols.hpp"

#include <algorithm>
#include <iterator>

namespace bpmn {

namespace {

NodeIndex compensation_start(Run& run, NodeIndex scope)
{
    for (const NodeIndex sub_process : run.node_at(scope).event_sub_processes)
        for (const NodeIndex start : run.definition().start_events(sub_process))
            if (run.node_at(start).trigger() == Trigger::compensation)
                return start;
    return none;
}

bool has_records_in(Run& run, Id scope)
{
    const auto& records = run.state().compensables;
    return std::any_of(records.begin(), records.end(), [&](const Compensable& record) {
        return record.scope == scope;
    });
}

// Takes the records out of the state, in the order in which the activities were completed.
template <class Wanted>
std::vector<Compensable> take_records(Run& run, Wanted wanted)
{
    auto& records = run.state().compensables;
    std::vector<Compensable> taken;
    std::copy_if(records.begin(), records.end(), std::back_inserter(taken), wanted);
    std::erase_if(records, wanted);
    return taken;
}

Compensation* find_compensation(Run& run, Id id)
{
    for (Compensation& compensation : run.state().compensations)
        if (compensation.id == id)
            return &compensation;
    return nullptr;
}

// A completed sub-process comes back under its old id and with its data, so that what lies in it can be
// undone.
void reopen(Run& run, Id compensation, Compensable record)
{
    auto& elements = run.state().elements;
    ElementInstance instance{.id = record.instance, .node = record.node, .parent = record.scope};
    instance.waiting = Waiting::scope;
    instance.phase = Phase::working;
    instance.compensation = compensation;
    instance.locals = std::move(record.locals);
    const auto place =
        std::lower_bound(elements.begin(), elements.end(), record.instance, [](const auto& other, Id id) {
            return other.id < id;
        });
    run.note(TrailEvent::activated, *elements.insert(place, std::move(instance)));
    const NodeIndex start = compensation_start(run, record.node);
    if (start != none)
        return run.start_event_sub_process(record.instance, start, {});
    run.find(record.instance)->waiting = Waiting::compensation;
    if (!compensate(run, record.instance, record.instance, none, true))
        run.leave(record.instance);
}

// It is over for the second time when nothing is left in it: something may have begun beside.
void close_again(Run& run, ElementInstance& sub_process)
{
    sub_process.phase = Phase::departing;
    sub_process.waiting = Waiting::scope;
    run.check_scope_later(sub_process.id);
}

void next_handler(Run& run, Id id)
{
    Compensation* compensation = find_compensation(run, id);
    if (!compensation || compensation->running != 0)
        return;
    if (!compensation->pending.empty()) {
        Compensable record = std::move(compensation->pending.back());
        compensation->pending.pop_back();
        const NodeIndex handler = run.node_at(record.node).compensation_handler;
        // What encloses a compensated sub-process's inside is open again, so the scope is there; else it has
        // been ended meanwhile and there is nothing to undo in it.
        if (!run.find(record.scope))
            return next_handler(run, id);
        compensation->running = handler == none ? record.instance : run.state().next_id;
        if (handler == none)
            return reopen(run, id, std::move(record));
        return run.begin_handler(handler, record.scope, id, std::move(record.locals));
    }
    const Id thrower = compensation->thrower;
    std::erase_if(run.state().compensations, [&](const Compensation& other) { return other.id == id; });
    if (thrower == 0 || !run.find(thrower))
        return;
    ElementInstance& waiting = *run.find(thrower);
    waiting.waiting = Waiting::nothing;
    if (waiting.compensation != 0 && run.node(thrower).symbol == Symbol::sub_process)
        return close_again(run, waiting);
    if (run.node(thrower).form == ScopeForm::transaction)
        return transaction_compensated(run, thrower);
    ++waiting.listener;
    run.work(thrower);
}

}  // namespace

// An activity can be undone when it has a handler, or is a sub-process in which something can be undone.
void record_compensable(Run& run, const ElementInstance& completed)
{
    const Node& node = run.node_at(completed.node);
    if (completed.compensation != 0)
        return;
    const bool has_handler = node.compensation_handler != none;
    if (has_handler && node.symbol == Symbol::sub_process)
        take_records(run, [&](const Compensable& record) { return record.scope == completed.id; });
    const bool has_inside =
        node.symbol == Symbol::sub_process && node.form != ScopeForm::event_sub_process &&
        (has_records_in(run, completed.id) || compensation_start(run, completed.node) != none);
    if (!has_handler && !has_inside)
        return;
    run.state().compensables.push_back({
        .instance = completed.id,
        .node = completed.node,
        .scope = run.scope_of(completed.id),
        .locals = completed.locals,
    });
}

// Undoes what was completed in the scope, the last first; or one activity, each time it was completed.
bool compensate(Run& run, Id thrower, Id scope, NodeIndex activity, bool waits)
{
    // An event sub-process undoes what lies in the scope around it.
    while (run.node(scope).form == ScopeForm::event_sub_process)
        scope = run.scope_of(scope);
    auto pending = take_records(run, [&](const Compensable& record) {
        return activity == none ? record.scope == scope : record.node == activity;
    });
    if (pending.empty())
        return false;
    const Id id = run.next_id();
    if (waits)
        run.find(thrower)->waiting = Waiting::compensation;
    run.state().compensations.push_back(
        {.id = id, .thrower = waits ? thrower : 0, .running = 0, .pending = {}}
    );
    run.state().compensations.back().pending = std::move(pending);
    next_handler(run, id);
    return waits;
}

void handler_completed(Run& run, Id id)
{
    if (Compensation* compensation = find_compensation(run, id)) {
        compensation->running = 0;
        next_handler(run, id);
    }
}

// A handler that was ended by something else has nothing more to say.
bool settle_compensations(Run& run)
{
    for (const Compensation& compensation : run.state().compensations)
        if (compensation.running != 0 && !run.find(compensation.running)) {
            handler_completed(run, Id(compensation.id));
            return true;
        }
    return false;
}

void interrupt_compensation(Run& run, Id scope)
{
    forget_compensations_of(run, scope);
    ElementInstance& instance = *run.find(scope);
    if (instance.waiting != Waiting::compensation)
        return;
    instance.waiting = Waiting::scope;
    if (instance.compensation != 0)
        instance.phase = Phase::departing;
}

void forget_compensations_of(Run& run, Id thrower)
{
    std::erase_if(run.state().compensations, [&](const Compensation& compensation) {
        return compensation.thrower == thrower;
    });
}

}  // namespace bpmn
