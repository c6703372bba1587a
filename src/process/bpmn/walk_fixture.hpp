#pragma once

// For the property tests and the fuzzer: an instance that is pushed about at random, and what must hold
// whatever happens.
#include "process/bpmn/step.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace bpmn {

class Walk {
public:
    explicit Walk(const Definition& definition) : definition_(definition) { context_.now = base::Instant(); }

    // Whatever could happen next to what the instance waits for.
    std::vector<Stimulus> possible() const
    {
        std::vector<Stimulus> found;
        for (const auto& [id, asked] : asked_)
            switch (asked.kind) {
            case Kind::job:
                found.emplace_back(CompleteJob{.job = id, .variables = {{"ok", id % 2 == 0}}});
                found.emplace_back(FailJob{.job = id, .message = "failed"});
                found.emplace_back(ThrowError{.job_or_task = id, .code = "E"});
                break;
            case Kind::task:
                found.emplace_back(CompleteTask{.task = id, .variables = {{"ok", id % 2 == 0}}});
                found.emplace_back(ThrowError{.job_or_task = id, .code = "E"});
                break;
            case Kind::timer: found.emplace_back(FireTimer{id}); break;
            case Kind::message: found.emplace_back(DeliverMessage{.subscription = id}); break;
            case Kind::signal: found.emplace_back(DeliverSignal{.subscription = id}); break;
            case Kind::call:
                found.emplace_back(CallCompleted{.call = id});
                found.emplace_back(CallFailed{.call = id, .code = "E"});
                break;
            case Kind::incident: found.emplace_back(ResolveIncident{id}); break;
            }
        return found;
    }

    // Throws std::logic_error, saying what does not hold, when a property is broken.
    void act(const Stimulus& stimulus)
    {
        if (const auto* timer = std::get_if<FireTimer>(&stimulus)) {
            context_.now = std::max(context_.now, asked_.at(timer->timer).due);
            asked_.erase(timer->timer);  // whoever fires it takes it away; one that repeats is set anew
        }
        history_.emplace_back(stimulus, context_.now);
        auto outcome = step(definition_, std::move(state_), stimulus, context_);
        state_ = std::move(outcome.state);
        must(outcome.rejection.empty(), "what the instance waits for was refused: " + outcome.rejection);
        for (const auto& effect : outcome.effects)
            note(effect);
        for (const auto& entry : outcome.trail)
            note(entry);
        check();
    }

    bool is_over() const { return state_.outlook != Outlook::active; }
    const State& state() const { return state_; }

    // The recorded stimuli, fed into an empty state, give the same state again, bit for bit.
    void check_replay() const
    {
        State again;
        StepContext context = context_;
        for (const auto& [stimulus, now] : history_) {
            context.now = now;
            again = step(definition_, std::move(again), stimulus, context).state;
        }
        must(encode(again) == encode(state_), "a replay gives another state");
    }

    // What has happened cannot happen once more, unless it is still waited for: an event that interrupts
    // nothing.
    void check_stale(const Stimulus& stimulus) const
    {
        if (asked_.contains(id_of(stimulus)))
            return;
        const auto outcome = step(definition_, state_, stimulus, context_);
        must(!outcome.rejection.empty(), "a stimulus was taken twice");
        must(encode(outcome.state) == encode(state_), "a refused stimulus has changed the state");
    }

private:
    enum class Kind { job, task, timer, message, signal, call, incident };
    struct Asked {
        Kind kind;
        base::Instant due = {};
    };

    // Of what a stimulus answers.
    static Id id_of(const Stimulus& stimulus)
    {
        if (const auto* done = std::get_if<CompleteJob>(&stimulus))
            return done->job;
        if (const auto* failed = std::get_if<FailJob>(&stimulus))
            return failed->job;
        if (const auto* error = std::get_if<ThrowError>(&stimulus))
            return error->job_or_task;
        if (const auto* done = std::get_if<CompleteTask>(&stimulus))
            return done->task;
        if (const auto* message = std::get_if<DeliverMessage>(&stimulus))
            return message->subscription;
        if (const auto* signal = std::get_if<DeliverSignal>(&stimulus))
            return signal->subscription;
        if (const auto* timer = std::get_if<FireTimer>(&stimulus))
            return timer->timer;
        if (const auto* incident = std::get_if<ResolveIncident>(&stimulus))
            return incident->incident;
        return 0;
    }

    static void must(bool holds, const std::string& otherwise)
    {
        if (!holds)
            throw std::logic_error(otherwise);
    }

    void ask(Id id, Kind kind, base::Instant due = {}) { asked_.insert_or_assign(id, Asked{kind, due}); }

    void note(const Effect& effect)
    {
        if (const auto* job = std::get_if<CreateJob>(&effect))
            ask(job->id, Kind::job);
        else if (const auto* task = std::get_if<CreateTask>(&effect))
            ask(task->id, Kind::task);
        else if (const auto* timer = std::get_if<SetTimer>(&effect))
            ask(timer->id, Kind::timer, timer->due);
        else if (const auto* message = std::get_if<Subscribe>(&effect))
            ask(message->id, Kind::message);
        else if (const auto* signal = std::get_if<SubscribeSignal>(&effect))
            ask(signal->id, Kind::signal);
        else if (const auto* call = std::get_if<StartProcess>(&effect))
            ask(call->id, Kind::call);
        else if (const auto* incident = std::get_if<RaiseIncident>(&effect))
            ask(incident->id, Kind::incident);
        else
            note_removal(effect);
    }

    void note_removal(const Effect& effect)
    {
        std::visit(
            [&](const auto& one) {
                using One = std::decay_t<decltype(one)>;
                if constexpr (std::is_same_v<One, RemoveJob> || std::is_same_v<One, RemoveTask> || std::is_same_v<One, ClearTimer> || std::is_same_v<One, Unsubscribe> || std::is_same_v<One, CancelProcess> || std::is_same_v<One, ClearIncident>)
                    asked_.erase(one.id);
            },
            effect
        );
    }

    void note(const TrailEntry& entry)
    {
        if (entry.node == none)
            return;
        auto& alive = alive_[entry.element];
        alive += entry.event == TrailEvent::activated ? 1 : -1;
        must(alive == 0 || alive == 1, "an element ended without having begun, or began twice");
        if (alive == 0)
            alive_.erase(entry.element);
    }

    void check() const
    {
        must(encode(decode(encode(state_)).value()) == encode(state_), "a state is read back as another");
        if (!is_over()) {
            must(
                !asked_.empty() || !state_.arrivals.empty(),
                "the instance is active, but waits for nothing and has no incident"
            );
            return;
        }
        must(alive_.empty(), "the instance is over, but an element never ended");
        for (const auto& [id, asked] : asked_)
            must(
                asked.kind == Kind::call,
                "the instance is over, but number " + std::to_string(id) + " still waits, of kind " +
                    std::to_string(static_cast<int>(asked.kind))
            );
    }

    const Definition& definition_;
    StepContext context_;
    State state_;
    std::map<Id, Asked> asked_;
    std::map<Id, int> alive_;  // elements that have begun and not ended
    std::vector<std::pair<Stimulus, base::Instant>> history_;
};

}  // namespace bpmn
