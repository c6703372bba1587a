#pragma once

#include "process/bpmn/state.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bpmn {

// What a step asks the outside to do, in order. Whoever carries them out needs no knowledge of BPMN.
enum class JobKind : std::uint8_t {
    work,
    start_listener,
    end_listener,
    creating_listener,
    completing_listener
};

struct CreateJob {
    Id id = 0;
    NodeIndex node = 0;
    std::string type;
    int retries = 3;
    int priority = 0;
    std::map<std::string, std::string> headers;
    Variables variables;  // that the element sees
    JobKind kind = JobKind::work;
    Id element = 0;  // element instance
};
struct RemoveJob {
    Id id = 0;
};
struct CreateTask {
    Id id = 0;
    NodeIndex node = 0;
    std::string assignee;
    std::vector<std::string> candidate_groups;
    std::optional<base::Instant> due;
    int priority = 50;
    std::string form;
    std::vector<std::string> candidate_users;
    std::optional<base::Instant> follow_up;
    Id element = 0;
};
struct RemoveTask {
    Id id = 0;
};
struct SetTimer {
    Id id = 0;
    NodeIndex node = 0;
    base::Instant due;
};
struct ClearTimer {
    Id id = 0;
};
struct Subscribe {
    Id id = 0;
    NodeIndex node = 0;
    std::string message;
    std::string correlation_key;
};
struct SubscribeSignal {
    Id id = 0;
    NodeIndex node = 0;
    std::string signal;
};
struct Unsubscribe {  // from a message or a signal
    Id id = 0;
};
struct PublishMessage {
    std::string message;
    std::string correlation_key;
    Variables variables;
};
// To all instances but this one, which has heard it already, and to the start events of that signal.
struct BroadcastSignal {
    std::string signal;
    Variables variables;
};
// Answered by CallCompleted, CallFailed or CallEscalated with this id.
struct StartProcess {
    Id id = 0;
    NodeIndex node = 0;
    std::string process;
    Binding binding = Binding::latest;
    std::string version_tag;
    Variables variables;
};
struct CancelProcess {
    Id id = 0;  // of StartProcess
};
// Tells the caller of this instance, if there is one.
struct Escalate {
    std::string code;
    Variables variables;
};
struct RaiseIncident {
    Id id = 0;
    NodeIndex node = 0;
    std::string kind;
    std::string message;
    Id element = 0;
};
struct ClearIncident {
    Id id = 0;
};
struct Finish {
    Outlook outlook = Outlook::completed;
    std::string error_code = {};  // of the error nobody caught
    std::string message = {};
    Variables variables = {};  // of the process
};

using Effect = std::variant<
    CreateJob,
    RemoveJob,
    CreateTask,
    RemoveTask,
    SetTimer,
    ClearTimer,
    Subscribe,
    SubscribeSignal,
    Unsubscribe,
    PublishMessage,
    BroadcastSignal,
    StartProcess,
    CancelProcess,
    Escalate,
    RaiseIncident,
    ClearIncident,
    Finish>;

enum class TrailEvent : std::uint8_t { activated, completed, terminated, taken };
std::string_view name_of(TrailEvent event);

// One thing that happened, for the trail: an element by its node, or a flow that was taken.
struct TrailEntry {
    TrailEvent event = TrailEvent::activated;
    NodeIndex node = none;
    FlowIndex flow = none;
    Id element = 0;           // element instance
    Role role = Role::plain;  // the body of a loop comes and goes once, its inner instances each time
    friend bool operator==(const TrailEntry&, const TrailEntry&) = default;
};

}  // namespace bpmn
