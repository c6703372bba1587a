#pragma once

#include "process/bpmn/state.hpp"

#include <string>
#include <variant>
#include <vector>

namespace bpmn {

// What can happen to an instance from outside. Ids are those of the effects that announced them.
struct Start {
    NodeIndex event = none;  // one of Definition::instantiating(); none: the start without trigger
    Variables variables = {};
    std::uint32_t part = 0;  // which of the event's definitions has happened
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
// A worker's or a person's business error: caught by an error event, else an incident.
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
struct DeliverSignal {
    Id subscription = 0;
    Variables variables = {};
};
struct FireTimer {
    Id timer = 0;
};
// How a called process ended or what it tells its caller on the way.
struct CallCompleted {
    Id call = 0;
    Variables variables = {};
};
struct CallFailed {
    Id call = 0;
    std::string code = {};  // of the error nobody caught
    std::string message = {};
    Variables variables = {};
};
struct CallEscalated {
    Id call = 0;
    std::string code = {};
    Variables variables = {};
};
struct SetVariables {
    Variables variables = {};
    Id element = 0;  // element instance whose own variables are meant; 0: the process
};
// Does again what failed, with the variables as they are now.
struct ResolveIncident {
    Id incident = 0;
};
// An operator moves tokens: element instances end, elements begin.
struct Modify {
    std::vector<Id> terminate = {};
    std::vector<NodeIndex> activate = {};
};
struct Cancel {};

using Stimulus = std::variant<
    Start,
    CompleteJob,
    FailJob,
    ThrowError,
    CompleteTask,
    DeliverMessage,
    DeliverSignal,
    FireTimer,
    CallCompleted,
    CallFailed,
    CallEscalated,
    SetVariables,
    ResolveIncident,
    Modify,
    Cancel>;

}  // namespace bpmn
