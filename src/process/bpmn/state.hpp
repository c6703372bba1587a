#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "process/bpmn/definition.hpp"
#include "process/feel/value.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bpmn {

using Variables = feel::Context;

// Numbers what lives in one instance: element instances, jobs, tasks, timers, subscriptions and incidents
// share one count, so that the same stimuli give the same numbers again.
using Id = std::uint32_t;

enum class Outlook { active, completed, terminated, failed };

// What an element instance waits for.
enum class Waiting { nothing, job, task, timer, message, event, scope };

// An element that is active: the process, a sub-process, a task, a catching event.
struct ElementInstance {
    Id id = 0;
    NodeIndex node = 0;
    Id parent = 0;  // the element instance it lies in, 0 for the process
    Waiting waiting = Waiting::nothing;
    Variables locals;
};

// A timer or message subscription that belongs to an element instance: its own, a boundary event's, or an
// arm of an event-based gateway.
struct Watch {
    Id id = 0;
    Id owner = 0;         // element instance
    NodeIndex event = 0;  // the catching event
    Trigger trigger = Trigger::none;
    base::Instant due = {};        // of a timer
    int repetitions = 0;           // left of a cycle, -1 for ever
    std::int64_t interval_ms = 0;  // of a cycle
    friend bool operator==(const Watch&, const Watch&) = default;
};

struct OpenIncident {
    Id id = 0;
    Id owner = 0;      // element instance
    std::string kind;  // "job", "expression", "decision", "error"
    std::string message;
    friend bool operator==(const OpenIncident&, const OpenIncident&) = default;
};

// A token that waits at a parallel join: it came by this flow and its fellows have not come yet.
struct Arrival {
    FlowIndex flow = 0;
    Id scope = 0;
    std::uint32_t count = 0;
    friend bool operator==(const Arrival&, const Arrival&) = default;
};

// Everything that lives in an instance, nothing that is over. A value.
struct State {
    Outlook outlook = Outlook::active;
    Id next_id = 1;
    std::vector<ElementInstance> elements;  // in the order in which they came; the first is the process
    std::vector<Watch> watches;
    std::vector<OpenIncident> incidents;
    std::vector<Arrival> arrivals;
    Variables variables;  // of the process

    const ElementInstance* find(Id id) const;
    ElementInstance* find(Id id);
};

// Compact bytes, equal for equal states, with a format version; states written by any earlier version are
// read for ever.
std::string encode(const State& state);
// `invalid` when the bytes are no state.
base::Result<State> decode(std::string_view bytes);

}  // namespace bpmn
