#pragma once

#include "process/bpmn/state.hpp"

#include <string>
#include <variant>

namespace bpmn {

// What can happen to an instance from outside. Ids are those of the effects that announced them.
struct Start {
    NodeIndex event = none;  // the start event; none: the one without trigger
    Variables variables = {};
};
struct CompleteJob {
    Id job = 0;
    Variables variables = {};
};
// A job whose retries are used up.
struct FailJob {
    Id job = 0;
    std::string message = {};
};
// A worker's or a person's business error: caught by an error boundary event, else an incident.
struct ThrowError {
    Id job_or_task = 0;
    std::string code = {};
    std::string message = {};
    Variables variables = {};
};
struct CompleteTask {
    Id task = 0;
    Variables variables = {};
};
struct DeliverMessage {
    Id subscription = 0;
    Variables variables = {};
};
struct FireTimer {
    Id timer = 0;
};
struct SetVariables {
    Variables variables = {};
};
// Does again what failed, with the variables as they are now.
struct ResolveIncident {
    Id incident = 0;
};
struct Cancel {};

using Stimulus = std::variant<
    Start,
    CompleteJob,
    FailJob,
    ThrowError,
    CompleteTask,
    DeliverMessage,
    FireTimer,
    SetVariables,
    ResolveIncident,
    Cancel>;

}  // namespace bpmn
