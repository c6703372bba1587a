#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "process/bpmn/definition.hpp"
#include "process/feel/value.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bpmn {

using Variables = feel::Context;

// Numbers what lives in one instance: element instances, jobs, tasks, timers, subscriptions and incidents
// share one count, so that the same stimuli give the same numbers again.
using Id = std::uint32_t;

enum class Outlook : std::uint8_t { active, completed, terminated, failed };

// What an element instance waits for. `scope`: for what lies in it; `event`: for one of several events;
// `call`: for a called process; `throwing`: until the step is quiet; `compensation`: for handlers.
enum class Waiting : std::uint8_t {
    nothing,
    job,
    task,
    timer,
    message,
    signal,
    condition,
    event,
    scope,
    call,
    throwing,
    compensation,
    incident,
};

// Where in its life an element instance is, and so what is done again when an incident is resolved.
enum class Phase : std::uint8_t { entering, opening, working, leaving, departing };

// The body of a loop or multi-instance holds its inner instances.
enum class Role : std::uint8_t { plain, body, inner };

// An element that is active: the process, a sub-process, a task, a catching event.
struct ElementInstance {
    Id id = 0;
    NodeIndex node = 0;
    Id parent = 0;  // the element instance it lies in, 0 for the process
    Waiting waiting = Waiting::nothing;
    Phase phase = Phase::entering;
    Role role = Role::plain;
    std::uint8_t listener = 0;  // how many listeners of this phase are done
    Id job = 0;                 // the job or task it waits for
    Id compensation = 0;        // the compensation it is a handler of
    Variables locals = {};
};

// A timer or message subscription that belongs to an element instance: its own, a boundary event's, an arm of
// an event-based gateway, or the start of an event sub-process.
struct Watch {
    Id id = 0;
    Id owner = 0;            // element instance
    NodeIndex event = 0;     // the catching event
    std::uint32_t part = 0;  // which of its event definitions
    Trigger trigger = Trigger::nothing;
    bool has_happened = false;  // part of a parallel multiple event; a condition that holds already
    base::Instant due = {};     // of a timer
    int repetitions = 0;        // left of a cycle after the next one, -1 for ever
    std::string cycle = {};     // of a timer that repeats, as evaluated
    std::string name = {};      // of a message or signal
    friend bool operator==(const Watch&, const Watch&) = default;
};

struct OpenIncident {
    Id id = 0;
    Id owner = 0;      // element instance
    std::string kind;  // "job", "expression", "decision", "error", "flow", "limit"
    std::string message;
    friend bool operator==(const OpenIncident&, const OpenIncident&) = default;
};

// Tokens that wait at a join: they came by this flow and their fellows have not come yet.
struct Arrival {
    FlowIndex flow = 0;
    Id scope = 0;
    std::uint32_t count = 0;
    friend bool operator==(const Arrival&, const Arrival&) = default;
};

// A complex gateway that has fired and waits for its remaining tokens.
struct Reset {
    Id scope = 0;
    NodeIndex gateway = 0;
    std::vector<FlowIndex> arrived;  // flows whose tokens it has taken
    friend bool operator==(const Reset&, const Reset&) = default;
};

// Progress of the body of a loop or multi-instance, or of an ad hoc sub-process: how many of its activities
// have been started, and `completed` is 1 once its completion condition was met.
struct Round {
    Id body = 0;
    std::uint32_t total = 0;
    std::uint32_t started = 0;
    std::uint32_t active = 0;
    std::uint32_t completed = 0;
    std::uint32_t terminated = 0;
    feel::List items = {};
    feel::List results = {};
};

// A completed activity that can be compensated, with its data of that time.
struct Compensable {
    Id instance = 0;
    NodeIndex node = 0;
    Id scope = 0;
    Variables locals = {};
};

// A compensation on its way: what is still to be undone, the last first.
struct Compensation {
    Id id = 0;
    Id thrower = 0;  // element instance that waits for it, 0: none does
    Id running = 0;  // element instance of the handler
    std::vector<Compensable> pending = {};
};

// Everything that lives in an instance, nothing that is over. A value.
struct State {
    Outlook outlook = Outlook::active;
    Id next_id = 1;
    std::vector<ElementInstance> elements;  // ascending by id; the first is the process
    std::vector<Watch> watches;
    std::vector<OpenIncident> incidents;
    std::vector<Arrival> arrivals;
    std::vector<Reset> resets;
    std::vector<Round> rounds;
    std::vector<Compensable> compensables;
    std::vector<Compensation> compensations;
    Variables variables;  // of the process

    const ElementInstance* find(Id id) const;
    ElementInstance* find(Id id);
};

// Where large values go, so that what is written at each step stays small: packed, under names that say what
// they are, so that equal ones are there once.
struct Aside {
    std::size_t above = 4096;  // bytes; what is smaller stays in the state's own
    std::function<std::string(std::string_view packed)> name;
    std::map<std::string, std::string> values = {};
};
using FetchAside = std::function<std::optional<std::string>(const std::string& name)>;

// Compact bytes, equal for equal states, with a format version; states written by any earlier version are
// read for ever.
std::string encode(const State& state, Aside* aside = nullptr);
// `invalid` when the bytes are no state, or `fetch` does not know a value that was put aside.
base::Result<State> decode(std::string_view bytes, const FetchAside& fetch = {});

}  // namespace bpmn
