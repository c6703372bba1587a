#pragma once

#include "base/result.hpp"
#include "process/feel/expression.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bpmn {

// Positions in a Definition's lists.
using NodeIndex = std::uint32_t;
using FlowIndex = std::uint32_t;
inline constexpr std::uint32_t none = 0xFFFFFFFF;

// What a flow element is (BPMN 2.0.2 chapter 10), as far as it decides how it behaves.
enum class Symbol {
    process,
    sub_process,
    start_event,
    end_event,
    intermediate_catch_event,
    intermediate_throw_event,
    boundary_event,
    task,  // undefined and manual tasks: pass at once
    user_task,
    service_task,  // any task that a worker does: service, send and business rule tasks with a job type
    business_rule_task,
    script_task,
    receive_task,
    exclusive_gateway,
    parallel_gateway,
    event_based_gateway,
};

enum class Trigger { none, message, timer, error, terminate };

// A text of the model that is FEEL when it begins with "=", and itself otherwise.
struct Formula {
    std::string text;  // as written
    std::optional<feel::Expression> expression;
    bool empty() const { return text.empty(); }
};

enum class TimerKind { date, duration, cycle };

struct EventDefinition {
    Trigger trigger = Trigger::none;
    std::string name;         // of the message
    Formula correlation_key;  // of the message, from the subscription
    TimerKind timer_kind = TimerKind::duration;
    Formula timer;
    std::string error_code;  // empty at a catching event: any error
};

struct Mapping {
    Formula source;
    std::string target;
};

struct JobDefinition {
    Formula type;
    Formula retries;
    std::map<std::string, std::string> headers;
};

struct TaskDefinition {
    Formula assignee;
    Formula candidate_groups;
    Formula due_date;
    Formula priority;
    std::string form;
};

struct Flow {
    std::string id;
    NodeIndex source = none;
    NodeIndex target = none;
    std::optional<feel::Expression> condition;
};

struct Node {
    std::string id;
    std::string name;
    int line = 0;
    Symbol symbol = Symbol::task;
    NodeIndex parent = none;  // the process or sub-process it lies in
    std::vector<FlowIndex> incoming;
    std::vector<FlowIndex> outgoing;
    FlowIndex default_flow = none;
    std::vector<Mapping> inputs;
    std::vector<Mapping> outputs;
    EventDefinition event;
    std::vector<NodeIndex> boundary_events;  // attached to it
    NodeIndex attached_to = none;            // of a boundary event
    bool is_interrupting = true;             // of a boundary event
    std::optional<JobDefinition> job;
    TaskDefinition task;
    std::string called_decision;  // of a business rule task
    std::string result_variable;  // of a business rule task or a script task
    Formula script;
};

// One process, compiled: flat lists that never change. Node 0 is the process itself.
struct Definition {
    std::string id;
    std::string name;
    std::vector<Node> nodes;
    std::vector<Flow> flows;

    NodeIndex find(std::string_view element_id) const;           // `none` when there is none
    std::vector<NodeIndex> start_events(NodeIndex scope) const;  // of a process or sub-process
};

enum class Severity { error, warning };

struct Finding {
    Severity severity = Severity::error;
    std::string element;  // id
    int line = 0;
    std::string rule;  // its name in docs/bpmn.md
    std::string sentence;
};

struct Model {
    std::vector<std::shared_ptr<const Definition>>
        processes;                  // shared by their instances; executable ones only
    std::vector<Finding> findings;  // with an error among them nothing may be deployed
    bool is_executable() const;
};

// Reads BPMN 2.0.2 XML and compiles its executable processes. What cannot be executed is a finding that is an
// error: nothing is skipped in silence. `invalid` when it is no XML or no BPMN at all.
base::Result<Model> read_model(std::string_view xml);

}  // namespace bpmn
