#include "process/bpmn/step.hpp"

#include "process/bpmn/run.hpp"
#include "process/bpmn/symbols/symbols.hpp"

#include <algorithm>

namespace bpmn {

namespace {

// Lets one stimulus act. Each overload gives the reason why it fits nothing, or an empty text.
class Reaction {
public:
    explicit Reaction(Run& run) : run_(run), state_(run.state()) {}

    std::string operator()(const Start& start);
    std::string operator()(const CompleteJob& completed);
    std::string operator()(const FailJob& failed);
    std::string operator()(const ThrowError& error);
    std::string operator()(const CompleteTask& completed);
    std::string operator()(const DeliverMessage& message);
    std::string operator()(const DeliverSignal& signal);
    std::string operator()(const FireTimer& timer);
    std::string operator()(const CallCompleted& completed);
    std::string operator()(const CallFailed& failed);
    std::string operator()(const CallEscalated& escalated);
    std::string operator()(const SetVariables& wanted);
    std::string operator()(const ResolveIncident& resolved);
    std::string operator()(const Modify& modification);
    std::string operator()(const Cancel& cancelled);

private:
    ElementInstance* find_waiting(Id job, Waiting waiting);
    std::string happen(Id watch, Trigger trigger, const Variables& payload);
    void go_on(Id element);
    Id scope_for(NodeIndex node);

    Run& run_;
    State& state_;
};

ElementInstance* Reaction::find_waiting(Id job, Waiting waiting)
{
    const auto found = std::find_if(state_.elements.begin(), state_.elements.end(), [&](const auto& element) {
        return job != 0 && element.job == job && element.waiting == waiting;
    });
    return found == state_.elements.end() ? nullptr : &*found;
}

std::string Reaction::operator()(const Start& start)
{
    if (state_.next_id != 1)
        return "the instance has been started already";
    const auto& definition = run_.definition();
    if (start.event != none) {
        const auto possible = definition.instantiating();
        const auto starts = definition.start_events(0);
        if (std::find(possible.begin(), possible.end(), start.event) == possible.end() &&
            std::find(starts.begin(), starts.end(), start.event) == starts.end())
            return "the process cannot be started by this element";
    }
    state_.variables = start.variables;
    const Id process = run_.create(0, 0);
    if (start.event == none) {
        run_.activate(process);
        return {};
    }
    // The event has happened: the process opens without its start event without trigger.
    run_.find(process)->phase = Phase::working;
    run_.find(process)->waiting = Waiting::scope;
    if (!run_.watch_event_sub_processes(process))
        return {};
    run_.check_scope_later(process);
    const Node& event = definition.nodes[start.event];
    for (const FlowIndex flow : event.incoming) {
        const NodeIndex source = definition.flows[flow].source;
        if (definition.nodes[source].is_parallel && definition.nodes[source].is_instantiating) {
            begin_parallel_event_gateway(run_, source, start.event, {});
            return {};
        }
    }
    if (event.is_parallel_multiple)
        begin_parallel_start(run_, start.event, start.part);
    else
        run_.begin_caught(start.event, process, {});
    return {};
}

// A listener's job lets the element go on where it was; an element's own job completes its work.
void Reaction::go_on(Id element)
{
    ElementInstance* instance = run_.find(element);
    instance->waiting = Waiting::nothing;
    instance->job = 0;
    const Symbol symbol = run_.node(element).symbol;
    if (instance->phase == Phase::entering) {
        ++instance->listener;
        run_.activate(element);
    } else if (instance->phase == Phase::leaving) {
        ++instance->listener;
        run_.complete(element);
    } else if (symbol == Symbol::user_task || symbol == Symbol::intermediate_throw_event || symbol == Symbol::end_event) {
        ++instance->listener;
        run_.work(element);
    } else {
        run_.complete(element);
    }
}

std::string Reaction::operator()(const CompleteJob& completed)
{
    ElementInstance* instance = find_waiting(completed.job, Waiting::job);
    if (!instance)
        return "there is no such job";
    const Id element = instance->id;
    run_.emit(RemoveJob{completed.job});
    run_.deliver(element, completed.variables);
    go_on(element);
    return {};
}

std::string Reaction::operator()(const FailJob& failed)
{
    ElementInstance* instance = find_waiting(failed.job, Waiting::job);
    if (!instance)
        return "there is no such job";
    run_.remove_work(instance->id);
    run_.fail(instance->id, "job", failed.message);
    return {};
}

std::string Reaction::operator()(const ThrowError& error)
{
    ElementInstance* instance = find_waiting(error.job_or_task, Waiting::job);
    if (!instance)
        instance = find_waiting(error.job_or_task, Waiting::task);
    if (!instance)
        return "there is no such job or task";
    const Id element = instance->id;
    if (run_.throw_error(element, error.code, error.variables))
        return {};
    run_.remove_work(element);
    std::string message = "The error «" + error.code + "» is not caught";
    run_.fail(element, "error", error.message.empty() ? message + "." : message + ": " + error.message);
    return {};
}

std::string Reaction::operator()(const CompleteTask& completed)
{
    ElementInstance* instance = find_waiting(completed.task, Waiting::task);
    if (!instance)
        return "there is no such task";
    const Id element = instance->id;
    run_.emit(RemoveTask{completed.task});
    run_.deliver(element, completed.variables);
    go_on(element);
    return {};
}

std::string Reaction::happen(Id id, Trigger trigger, const Variables& payload)
{
    const auto found = std::find_if(state_.watches.begin(), state_.watches.end(), [&](const Watch& watch) {
        return watch.id == id && watch.trigger == trigger;
    });
    if (found == state_.watches.end())
        return "nothing waits for this any more";
    run_.happen(id, payload);
    return {};
}

std::string Reaction::operator()(const DeliverMessage& message)
{
    return happen(message.subscription, Trigger::message, message.variables);
}

std::string Reaction::operator()(const DeliverSignal& signal)
{
    return happen(signal.subscription, Trigger::signal, signal.variables);
}

std::string Reaction::operator()(const FireTimer& timer)
{
    return happen(timer.timer, Trigger::timer, {});
}

std::string Reaction::operator()(const CallCompleted& completed)
{
    ElementInstance* instance = find_waiting(completed.call, Waiting::call);
    if (!instance)
        return "there is no such call";
    const Id element = instance->id;
    instance->job = 0;
    const Node& node = run_.node(element);
    if (!node.outputs.empty() || node.called.returns_all_variables)
        run_.deliver(element, completed.variables);
    run_.complete(element);
    return {};
}

std::string Reaction::operator()(const CallFailed& failed)
{
    ElementInstance* instance = find_waiting(failed.call, Waiting::call);
    if (!instance)
        return "there is no such call";
    const Id element = instance->id;
    instance->job = 0;
    if (failed.code.empty())
        run_.fail(element, "call", failed.message);
    else if (!run_.throw_error(element, failed.code, failed.variables))
        run_.finish(Outlook::failed, failed.code, failed.message);
    return {};
}

std::string Reaction::operator()(const CallEscalated& escalated)
{
    ElementInstance* instance = find_waiting(escalated.call, Waiting::call);
    if (!instance)
        return "there is no such call";
    run_.throw_escalation(instance->id, escalated.code, escalated.variables);
    return {};
}

std::string Reaction::operator()(const SetVariables& wanted)
{
    const Id element =
        wanted.element == 0 && !state_.elements.empty() ? state_.elements.front().id : wanted.element;
    if (!run_.find(element))
        return "there is no such element instance";
    for (const auto& [name, value] : wanted.variables)
        run_.set_local(element, name, value);
    return {};
}

std::string Reaction::operator()(const ResolveIncident& resolved)
{
    const auto found =
        std::find_if(state_.incidents.begin(), state_.incidents.end(), [&](const auto& incident) {
            return incident.id == resolved.incident;
        });
    if (found == state_.incidents.end())
        return "there is no such incident";
    const Id element = found->owner;
    const std::string kind = found->kind;
    state_.incidents.erase(found);
    run_.emit(ClearIncident{resolved.incident});
    ElementInstance* instance = run_.find(element);
    instance->waiting = Waiting::nothing;
    switch (instance->phase) {
    case Phase::opening:
        run_.unwatch(element);
        run_.activate(element);
        break;
    case Phase::entering: run_.activate(element); break;
    case Phase::working: run_.work(element); break;
    case Phase::leaving:
    case Phase::departing: run_.complete(element); break;
    }
    return {};
}

// The scope instance that an element can begin in: the only one of its kind, or nothing.
Id Reaction::scope_for(NodeIndex node)
{
    Id found = 0;
    for (const ElementInstance& element : state_.elements)
        if (element.node == run_.node_at(node).parent && element.role != Role::body &&
            element.waiting == Waiting::scope)
            found = found == 0 ? element.id : none;
    return found == none ? 0 : found;
}

std::string Reaction::operator()(const Modify& modification)
{
    for (const Id element : modification.terminate)
        if (!run_.find(element) || run_.find(element)->parent == 0)
            return "there is no such element instance to terminate";
    for (const NodeIndex node : modification.activate)
        if (node >= run_.definition().nodes.size() || node == 0 || scope_for(node) == 0)
            return "the element lies in no scope that is active exactly once";
    for (const NodeIndex node : modification.activate)
        run_.begin_later(node, scope_for(node));
    for (const Id element : modification.terminate)
        run_.terminate(element);
    return {};
}

std::string Reaction::operator()(const Cancel&)
{
    run_.finish(Outlook::terminated);
    return {};
}

}  // namespace

const ElementInstance* State::find(Id id) const
{
    const auto found =
        std::lower_bound(elements.begin(), elements.end(), id, [](const auto& element, Id wanted) {
            return element.id < wanted;
        });
    return found == elements.end() || found->id != id ? nullptr : &*found;
}

ElementInstance* State::find(Id id)
{
    return const_cast<ElementInstance*>(std::as_const(*this).find(id));
}

std::string_view name_of(TrailEvent event)
{
    switch (event) {
    case TrailEvent::activated: return "activated";
    case TrailEvent::completed: return "completed";
    case TrailEvent::terminated: return "terminated";
    case TrailEvent::taken: return "taken";
    }
    return {};
}

Outcome step(const Definition& definition, State state, const Stimulus& stimulus, const StepContext& context)
{
    Outcome outcome{.state = std::move(state), .effects = {}, .trail = {}, .rejection = {}};
    const bool is_start = std::holds_alternative<Start>(stimulus);
    if (outcome.state.outlook != Outlook::active || (!is_start && outcome.state.elements.empty())) {
        outcome.rejection = "the instance is not active";
        return outcome;
    }
    Run run(definition, context, outcome);
    outcome.rejection = std::visit(Reaction(run), stimulus);
    if (outcome.rejection.empty())
        run.until_quiet();
    return outcome;
}

}  // namespace bpmn
