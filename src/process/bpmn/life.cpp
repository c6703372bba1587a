#include "process/bpmn/run.hpp"
#include "process/bpmn/symbols/symbols.hpp"

#include <algorithm>

namespace bpmn {

namespace {

bool is_scope(const Node& node)
{
    return node.symbol == Symbol::process || node.symbol == Symbol::sub_process;
}

}  // namespace

void Run::note(TrailEvent event, const ElementInstance& element)
{
    outcome_.trail.push_back(
        {.event = event, .node = element.node, .element = element.id, .role = element.role}
    );
}

Id Run::create(NodeIndex node, Id parent, Role role, Variables locals)
{
    state_.elements.push_back({.id = next_id(), .node = node, .parent = parent, .role = role});
    ElementInstance& element = state_.elements.back();
    element.locals = std::move(locals);
    note(TrailEvent::activated, element);
    return element.id;
}

void Run::begin(NodeIndex node, Id parent)
{
    activate(create(node, parent, node_at(node).loop ? Role::body : Role::plain));
}

void Run::begin_caught(NodeIndex event, Id parent, const Variables& payload)
{
    const Id element = create(event, parent);
    find(element)->phase = Phase::working;
    deliver(element, payload);
    complete(element);
}

void Run::begin_handler(NodeIndex node, Id parent, Id compensation, Variables locals)
{
    const Id element = create(node, parent, node_at(node).loop ? Role::body : Role::plain, std::move(locals));
    find(element)->compensation = compensation;
    activate(element);
}

void Run::activate(Id element)
{
    ElementInstance* instance = find(element);
    const Node& what = node_at(instance->node);
    instance->phase = Phase::entering;
    if (instance->role != Role::body) {
        if (instance->listener == 0 && !map(element, what.inputs, element))
            return;
        if (!run_listeners(element, what.start_listeners, JobKind::start_listener))
            return;
    }
    instance = find(element);
    instance->phase = Phase::opening;
    if (instance->role != Role::inner && !watch_attached(element))
        return;
    if (instance->role != Role::body && is_scope(what) && !watch_event_sub_processes(element))
        return;
    instance = find(element);
    instance->phase = Phase::working;
    instance->listener = 0;
    work(element);
}

void Run::work(Id element)
{
    if (find(element)->role == Role::body)
        work_body(*this, element);
    else
        rule_of(node(element).symbol).work(*this, element);
}

void Run::complete(Id element)
{
    ElementInstance* instance = find(element);
    const Node& what = node_at(instance->node);
    if (instance->phase == Phase::working) {
        instance->phase = Phase::leaving;
        instance->waiting = Waiting::nothing;
        instance->listener = 0;
        // Nothing can begin any more in a scope that only waits for its listeners.
        unwatch_event_sub_processes(element);
    }
    if (instance->phase == Phase::leaving && instance->role != Role::body) {
        // The process gives its outputs to itself; every other element to what it lies in.
        const Id target = instance->parent == 0 ? element : instance->parent;
        if (instance->listener == 0 && !map(element, what.outputs, target))
            return;
        if (!run_listeners(element, what.end_listeners, JobKind::end_listener))
            return;
    }
    find(element)->phase = Phase::departing;
    leave(element);
}

void Run::leave(Id element)
{
    ElementInstance* instance = find(element);
    const NodeIndex at = instance->node;
    const Node& what = node_at(at);
    if (what.symbol == Symbol::process)
        return finish(Outlook::completed);
    const Id parent = instance->parent;
    if (instance->role == Role::inner) {
        feel::Value result = result_of_inner(*this, element);
        const feel::Value* counter = instance->locals.find("loopCounter");
        const auto number = counter && counter->if_number() ? counter->if_number()->integer() : std::nullopt;
        record_compensable(*this, *instance);
        vanish(element);
        return inner_completed(
            *this, parent, static_cast<std::uint32_t>(number.value_or(1)), std::move(result)
        );
    }
    const Id compensation = instance->compensation;
    if (compensation != 0) {
        vanish(element);
        return handler_completed(*this, compensation);
    }
    const auto flows = choose_flows(element);
    if (!flows)
        return;
    if (instance->role == Role::plain)
        record_compensable(*this, *instance);
    vanish(element);
    if (is_ad_hoc(node(parent)) && !goes_on_in_ad_hoc(*this, parent))
        return;
    for (int token = 0; token < what.completion_quantity; ++token)
        for (const FlowIndex flow : *flows)
            take(flow, parent);
}

void Run::vanish(Id element)
{
    note(TrailEvent::completed, *find(element));
    const Id parent = find(element)->parent;
    erase(element);
    check_scope_later(parent);
}

void Run::terminate(Id element)
{
    if (!find(element))
        return;
    terminate_children(element);
    remove_work(element);
    forget_compensations_of(*this, element);
    note(TrailEvent::terminated, *find(element));
    const Id parent = find(element)->parent;
    std::erase_if(state_.compensables, [&](const Compensable& record) { return record.scope == element; });
    erase(element);
    check_scope_later(parent);
}

// The last that came goes first, so that the trail reads from the inside out.
void Run::terminate_children(Id scope)
{
    for (std::size_t index = state_.elements.size(); index > 0; --index)
        if (index <= state_.elements.size() && state_.elements[index - 1].parent == scope)
            terminate(state_.elements[index - 1].id);
    forget_scope(scope);
}

void Run::forget_scope(Id scope)
{
    std::erase_if(state_.arrivals, [&](const Arrival& arrival) { return arrival.scope == scope; });
    std::erase_if(state_.resets, [&](const Reset& reset) { return reset.scope == scope; });
    for (std::size_t index = next_move_; index < moves_.size(); ++index)
        if (moves_[index].scope == scope)
            moves_[index].scope = 0;  // no such scope: the token is gone
}

void Run::erase(Id element)
{
    unwatch(element);
    for (const OpenIncident& incident : state_.incidents)
        if (incident.owner == element)
            emit(ClearIncident{incident.id});
    std::erase_if(state_.incidents, [&](const OpenIncident& incident) { return incident.owner == element; });
    std::erase_if(state_.rounds, [&](const Round& round) { return round.body == element; });
    forget_scope(element);
    std::erase_if(state_.elements, [&](const ElementInstance& instance) { return instance.id == element; });
}

void Run::finish(Outlook outlook, std::string error_code, std::string message)
{
    const Id process = state_.elements.front().id;
    if (outlook != Outlook::completed)
        terminate_children(process);
    note(
        outlook == Outlook::completed ? TrailEvent::completed : TrailEvent::terminated,
        state_.elements.front()
    );
    erase(process);
    state_.outlook = outlook;
    state_.compensables.clear();
    state_.compensations.clear();
    emit(Finish{outlook, std::move(error_code), std::move(message), state_.variables});
}

void Run::fail(Id element, std::string_view kind, std::string message)
{
    ElementInstance* instance = find(element);
    instance->waiting = Waiting::incident;
    const OpenIncident incident{
        .id = next_id(), .owner = element, .kind = std::string(kind), .message = std::move(message)};
    emit(RaiseIncident{incident.id, instance->node, incident.kind, incident.message, element});
    state_.incidents.push_back(incident);
}

Id Run::scope_of(Id element)
{
    Id parent = find(element)->parent;
    while (parent != 0 && find(parent)->role == Role::body)
        parent = find(parent)->parent;
    return parent;
}

bool Run::run_listeners(Id element, const std::vector<JobDefinition>& listeners, JobKind kind)
{
    const std::size_t done = find(element)->listener;
    return done >= listeners.size() || (create_job(element, listeners[done], kind), false);
}

// What is no whole number is 0, as in no priority at all.
int Run::priority_of(Id element, const JobDefinition& job)
{
    const feel::Value value =
        value_of(element, job.priority.empty() ? definition_.job_priority : job.priority);
    const auto number = value.if_string() ? feel::Number::parse(*value.if_string()) : value.if_number();
    const auto integer = number ? number->integer() : std::nullopt;
    return static_cast<int>(std::clamp<std::int64_t>(integer.value_or(0), -10'000, 10'000));
}

// False after an incident.
bool Run::create_job(Id element, const JobDefinition& job, JobKind kind)
{
    auto type = text_of(element, job.type, "The job type");
    if (!type)
        return false;
    const feel::Value retries = value_of(element, job.retries);
    int number = 3;
    if (const auto given = retries.if_number(); given && given->integer())
        number = static_cast<int>(std::clamp<std::int64_t>(*given->integer(), 0, 1000));
    else if (const auto* text = retries.if_string(); text && feel::Number::parse(*text))
        number = static_cast<int>(feel::Number::parse(*text)->integer().value_or(3));
    const int priority = priority_of(element, job);
    ElementInstance* instance = find(element);
    instance->waiting = Waiting::job;
    instance->job = next_id();
    emit(CreateJob{
        .id = instance->job,
        .node = instance->node,
        .type = std::move(*type),
        .retries = number,
        .priority = priority,
        .headers = job.headers,
        .variables = visible_variables(element),
        .kind = kind,
        .element = element,
    });
    return true;
}

void Run::remove_work(Id element)
{
    ElementInstance* instance = find(element);
    const Id job = instance->job;
    if (job == 0)
        return;
    if (instance->waiting == Waiting::task)
        emit(RemoveTask{job});
    else if (instance->waiting == Waiting::call)
        emit(CancelProcess{job});
    else
        emit(RemoveJob{job});
    instance->job = 0;
}

}  // namespace bpmn
