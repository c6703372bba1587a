#pragma once

#include "process/bpmn/scenario.hpp"
#include "process/bpmn/step.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bpmn {

// One instance in memory, with what it has asked the outside for.
struct WorldInstance {
    std::shared_ptr<const Definition> definition;
    State state;
    std::vector<CreateJob> jobs;
    std::vector<CreateTask> tasks;
    std::vector<SetTimer> timers;
    std::vector<Subscribe> messages;
    std::vector<SubscribeSignal> signals;
    std::vector<RaiseIncident> incidents;
    std::size_t caller = SIZE_MAX;  // index of the instance that called it
    Id call = 0;
};

// What happened, in all instances together, in order.
struct WorldEvent {
    std::size_t instance = 0;
    TrailEntry entry;
    base::Instant at;
};

// A job of this type is answered as soon as it is there.
struct JobAnswer {
    std::string type;
    Variables variables;
    std::string error_code;  // empty: completed
};

// A small world in which the processes of some models run: virtual time, messages, signals, calls.
class World {
public:
    World(std::span<const Model> models, base::Instant now, std::string zone, Decide decide);

    void answer(JobAnswer answer) { answers_.push_back(std::move(answer)); }
    // False when there is no such process.
    bool start(std::string_view process, const Variables& variables, std::string_view element = {});
    // The reason when the stimulus fits nothing.
    std::string act(std::size_t instance, const Stimulus& stimulus);
    void publish(std::string_view name, const std::optional<std::string>& key, const Variables& variables);
    void broadcast(std::string_view name, const Variables& variables, std::size_t except = SIZE_MAX);
    void advance(base::Instant until);

    base::Instant now() const { return now_; }
    std::vector<WorldInstance>& instances() { return instances_; }
    const std::vector<WorldInstance>& instances() const { return instances_; }
    const std::vector<WorldEvent>& trail() const { return trail_; }

private:
    struct Message {
        std::string name;
        std::optional<std::string> key;  // nothing: fits every key
        Variables variables;
    };
    struct StartTimer {
        std::shared_ptr<const Definition> definition;
        NodeIndex event;
        Watch watch;
    };
    class Carrier;

    void plan_start_timers();
    void settle();
    bool fire_due();
    bool answer_one();
    bool deliver(const Message& message);
    void begin(std::shared_ptr<const Definition> definition, const Start& start, std::size_t caller, Id call);
    const std::shared_ptr<const Definition>* find_process(std::string_view id) const;

    std::vector<std::shared_ptr<const Definition>> definitions_;
    base::Instant now_;
    std::string zone_;
    Decide decide_;
    std::vector<WorldInstance> instances_;
    std::vector<WorldEvent> trail_;
    std::vector<JobAnswer> answers_;
    std::vector<Message> buffer_;
    std::vector<StartTimer> start_timers_;
    std::deque<std::function<void()>> pending_;  // what effects lead to, after the step
    bool is_settling_ = false;
};

}  // namespace bpmn
