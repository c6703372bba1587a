#include "process/bpmn/world.hpp"

#include "process/bpmn/timers.hpp"
#include "process/feel/evaluate.hpp"

#include <algorithm>
#include <type_traits>

namespace bpmn {

namespace {

template <class T>
void remove(std::vector<T>& items, Id id)
{
    std::erase_if(items, [&](const T& item) { return item.id == id; });
}

// Which of the event's definitions this message or signal meets.
std::optional<std::uint32_t> part_of(const Node& event, Trigger trigger, std::string_view name)
{
    for (std::uint32_t part = 0; part < event.events.size(); ++part)
        if (event.events[part].trigger == trigger && event.events[part].name.text == name)
            return part;
    return std::nullopt;
}

}  // namespace

// Carries out the effects of a step. What touches other instances waits until the step's effects are through.
class World::Carrier {
public:
    Carrier(World& world, std::size_t instance) : world_(world), index_(instance) {}

    void operator()(const CreateJob& effect) { self().jobs.push_back(effect); }
    void operator()(const RemoveJob& effect) { remove(self().jobs, effect.id); }
    void operator()(const CreateTask& effect) { self().tasks.push_back(effect); }
    void operator()(const RemoveTask& effect) { remove(self().tasks, effect.id); }
    void operator()(const SetTimer& effect)
    {
        remove(self().timers, effect.id);
        self().timers.push_back(effect);
    }
    void operator()(const ClearTimer& effect) { remove(self().timers, effect.id); }
    void operator()(const Subscribe& effect) { self().messages.push_back(effect); }
    void operator()(const SubscribeSignal& effect) { self().signals.push_back(effect); }
    void operator()(const Unsubscribe& effect)
    {
        remove(self().messages, effect.id);
        remove(self().signals, effect.id);
    }
    void operator()(const PublishMessage& effect)
    {
        later([effect, this_world = &world_] {
            this_world->buffer_.push_back({effect.message, effect.correlation_key, effect.variables});
        });
    }
    void operator()(const BroadcastSignal& effect)
    {
        later([effect, this_world = &world_, from = index_] {
            this_world->broadcast(effect.signal, effect.variables, from);
        });
    }
    void operator()(const StartProcess& effect)
    {
        later([effect, this_world = &world_, caller = index_] {
            const auto* definition = this_world->find_process(effect.process);
            if (!definition) {
                this_world->act(
                    caller,
                    CallFailed{
                        .call = effect.id,
                        .code = {},
                        .message = "There is no process «" + effect.process + "».",
                        .variables = {}}
                );
                return;
            }
            this_world->begin(*definition, Start{.variables = effect.variables}, caller, effect.id);
        });
    }
    void operator()(const CancelProcess& effect)
    {
        later([effect, this_world = &world_, caller = index_] {
            for (std::size_t index = 0; index < this_world->instances_.size(); ++index) {
                const auto& called = this_world->instances_[index];
                if (called.caller == caller && called.call == effect.id)
                    this_world->act(index, Cancel{});
            }
        });
    }
    void operator()(const Escalate& effect)
    {
        if (self().caller == SIZE_MAX)
            return;
        later([effect, this_world = &world_, caller = self().caller, call = self().call] {
            this_world->act(caller, CallEscalated{call, effect.code, effect.variables});
        });
    }
    void operator()(const RaiseIncident& effect) { self().incidents.push_back(effect); }
    void operator()(const ClearIncident& effect) { remove(self().incidents, effect.id); }
    void operator()(const Finish& effect)
    {
        if (self().caller == SIZE_MAX)
            return;
        later([effect, this_world = &world_, caller = self().caller, call = self().call] {
            if (effect.outlook == Outlook::completed)
                this_world->act(caller, CallCompleted{call, effect.variables});
            else if (effect.outlook == Outlook::failed)
                this_world->act(caller, CallFailed{call, effect.error_code, effect.message, {}});
        });
    }

private:
    WorldInstance& self() { return world_.instances_[index_]; }
    void later(std::function<void()> follow_up) { world_.pending_.push_back(std::move(follow_up)); }

    World& world_;
    std::size_t index_;
};

World::World(std::span<const Model> models, base::Instant now, std::string zone, Decide decide)
    : now_(now), zone_(std::move(zone)), decide_(std::move(decide))
{
    for (const Model& model : models)
        definitions_.insert(definitions_.end(), model.processes.begin(), model.processes.end());
    plan_start_timers();
}

void World::plan_start_timers()
{
    for (const auto& definition : definitions_)
        for (const NodeIndex event : definition->instantiating()) {
            const Node& node = definition->nodes[event];
            if (node.trigger() != Trigger::timer)
                continue;
            const EventDefinition& what = node.events.front();
            feel::Value value(what.timer.text);
            if (what.timer.expression)
                value = feel::evaluate(*what.timer.expression, feel::Context(), {.now = now_, .zone = zone_})
                            .value;
            if (const auto plan = plan_timer(what.timer_kind, value, now_, zone_)) {
                Watch watch{.due = plan->due, .repetitions = plan->repetitions, .cycle = plan->cycle};
                start_timers_.push_back({definition, event, std::move(watch)});
            }
        }
}

const std::shared_ptr<const Definition>* World::find_process(std::string_view id) const
{
    for (const auto& definition : definitions_)
        if (definition->id == id)
            return &definition;
    return nullptr;
}

bool World::start(std::string_view process, const Variables& variables, std::string_view element)
{
    const auto* definition =
        process.empty() && !definitions_.empty() ? &definitions_.front() : find_process(process);
    if (!definition)
        return false;
    const NodeIndex event = element.empty() ? none : (*definition)->find(element);
    if (!element.empty() && event == none)
        return false;
    begin(*definition, Start{.event = event, .variables = variables}, SIZE_MAX, 0);
    settle();
    return true;
}

void World::begin(
    std::shared_ptr<const Definition> definition, const Start& start, std::size_t caller, Id call
)
{
    WorldInstance instance;
    instance.definition = std::move(definition);
    instance.caller = caller;
    instance.call = call;
    instances_.push_back(std::move(instance));
    act(instances_.size() - 1, start);
}

std::string World::act(std::size_t index, const Stimulus& stimulus)
{
    const auto definition = instances_[index].definition;
    const StepContext context{.now = now_, .zone = zone_, .decide = decide_};
    Outcome outcome = step(*definition, std::move(instances_[index].state), stimulus, context);
    instances_[index].state = std::move(outcome.state);
    for (const TrailEntry& entry : outcome.trail)
        trail_.push_back({index, entry, now_});
    Carrier carrier(*this, index);
    for (const Effect& effect : outcome.effects)
        std::visit(carrier, effect);
    settle();
    return outcome.rejection;
}

// Lets everything happen that follows without time passing.
void World::settle()
{
    if (is_settling_)
        return;
    is_settling_ = true;
    for (;;) {
        if (!pending_.empty()) {
            const auto follow_up = std::move(pending_.front());
            pending_.pop_front();
            follow_up();
            continue;
        }
        bool has_delivered = false;
        for (std::size_t index = 0; index < buffer_.size() && !has_delivered; ++index) {
            const Message message = buffer_[index];
            if (deliver(message)) {
                buffer_.erase(buffer_.begin() + static_cast<std::ptrdiff_t>(index));
                has_delivered = true;
            }
        }
        if (!has_delivered && !answer_one() && !fire_due())
            break;
    }
    is_settling_ = false;
}

// Who waits longest gets the message; else it starts a process. False when nobody wants it yet.
bool World::deliver(const Message& message)
{
    for (std::size_t index = 0; index < instances_.size(); ++index)
        for (const Subscribe& subscription : instances_[index].messages)
            if (subscription.message == message.name &&
                (!message.key || subscription.correlation_key == *message.key)) {
                act(index, DeliverMessage{subscription.id, message.variables});
                return true;
            }
    for (const auto& definition : definitions_)
        for (const NodeIndex event : definition->instantiating())
            if (const auto part = part_of(definition->nodes[event], Trigger::message, message.name)) {
                begin(definition, Start{event, message.variables, *part}, SIZE_MAX, 0);
                return true;
            }
    return false;
}

bool World::answer_one()
{
    for (std::size_t index = 0; index < instances_.size(); ++index)
        for (const CreateJob& job : instances_[index].jobs)
            for (const JobAnswer& answer : answers_)
                if (answer.type == job.type) {
                    if (answer.error_code.empty())
                        act(index, CompleteJob{job.id, answer.variables});
                    else
                        act(index, ThrowError{job.id, answer.error_code, {}, answer.variables});
                    return true;
                }
    return false;
}

// The timer that is due first, of an instance or of a start event.
bool World::fire_due()
{
    const SetTimer* first = nullptr;
    std::size_t owner = 0;
    for (std::size_t index = 0; index < instances_.size(); ++index)
        for (const SetTimer& timer : instances_[index].timers)
            if (timer.due <= now_ && (!first || timer.due < first->due)) {
                first = &timer;
                owner = index;
            }
    if (first) {
        const Id id = first->id;
        remove(instances_[owner].timers, id);
        act(owner, FireTimer{id});
        return true;
    }
    for (std::size_t index = 0; index < start_timers_.size(); ++index) {
        StartTimer& timer = start_timers_[index];
        if (timer.watch.due > now_)
            continue;
        const auto definition = timer.definition;
        const NodeIndex event = timer.event;
        const auto next = timer.watch.repetitions == 0 || timer.watch.cycle.empty()
                              ? std::nullopt
                              : next_due(timer.watch.cycle, timer.watch.due, now_, zone_);
        if (next) {
            timer.watch.due = *next;
            timer.watch.repetitions -= timer.watch.repetitions > 0 ? 1 : 0;
        } else {
            start_timers_.erase(start_timers_.begin() + static_cast<std::ptrdiff_t>(index));
        }
        begin(definition, Start{.event = event, .variables = {}}, SIZE_MAX, 0);
        return true;
    }
    return false;
}

void World::publish(std::string_view name, const std::optional<std::string>& key, const Variables& variables)
{
    buffer_.push_back({std::string(name), key, variables});
    settle();
}

void World::broadcast(std::string_view name, const Variables& variables, std::size_t except)
{
    const std::size_t listening = instances_.size();
    for (std::size_t index = 0; index < listening; ++index) {
        if (index == except)
            continue;
        const auto subscriptions = instances_[index].signals;
        for (const SubscribeSignal& subscription : subscriptions)
            if (subscription.signal == name)
                act(index, DeliverSignal{subscription.id, variables});
    }
    for (const auto& definition : definitions_)
        for (const NodeIndex event : definition->instantiating())
            if (const auto part = part_of(definition->nodes[event], Trigger::signal, name))
                begin(definition, Start{event, variables, *part}, SIZE_MAX, 0);
    settle();
}

// Time goes from one timer to the next, so that each fires at its own moment.
void World::advance(base::Instant until)
{
    for (;;) {
        base::Instant next = until;
        for (const WorldInstance& instance : instances_)
            for (const SetTimer& timer : instance.timers)
                next = std::min(next, timer.due);
        for (const StartTimer& timer : start_timers_)
            next = std::min(next, timer.watch.due);
        now_ = std::max(now_, next);
        settle();
        if (now_ >= until)
            return;
    }
}

}  // namespace bpmn
