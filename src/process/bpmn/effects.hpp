#pragma once

#include "process/bpmn/state.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace bpmn {

// What a step asks the outside to do, in order. Whoever carries them out needs no knowledge of BPMN.
struct CreateJob {
    Id id = 0;
    NodeIndex node = 0;
    std::string type;
    int retries = 3;
    std::map<std::string, std::string> headers;
    Variables variables;  // that the element sees
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
struct Unsubscribe {
    Id id = 0;
};
struct PublishMessage {
    std::string message;
    std::string correlation_key;
    Variables variables;
};
struct RaiseIncident {
    Id id = 0;
    NodeIndex node = 0;
    std::string kind;
    std::string message;
};
struct ClearIncident {
    Id id = 0;
};
struct Finish {
    Outlook outlook = Outlook::completed;
};

using Effect = std::variant<
    CreateJob,
    RemoveJob,
    CreateTask,
    RemoveTask,
    SetTimer,
    ClearTimer,
    Subscribe,
    Unsubscribe,
    PublishMessage,
    RaiseIncident,
    ClearIncident,
    Finish>;

enum class TrailEvent { activated, completed, terminated, taken };
std::string_view name_of(TrailEvent event);

// One thing that happened, for the trail: an element by its node, or a flow that was taken.
struct TrailEntry {
    TrailEvent event = TrailEvent::activated;
    NodeIndex node = none;
    FlowIndex flow = none;
    friend bool operator==(const TrailEntry&, const TrailEntry&) = default;
};

}  // namespace bpmn
