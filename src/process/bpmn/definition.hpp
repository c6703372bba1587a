#pragma once

#include "base/result.hpp"
#include "process/feel/expression.hpp"

#include <chrono>
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
enum class Symbol : std::uint8_t {
    process,
    sub_process,  // embedded, event, transaction or ad hoc: see `Node::form`
    call_activity,
    task,  // undefined and manual tasks: pass at once
    user_task,
    service_task,  // any task that a worker does: service, send and business rule tasks with a job type
    send_task,     // without a job type: sends a message
    receive_task,
    business_rule_task,
    script_task,
    start_event,
    end_event,
    intermediate_catch_event,
    intermediate_throw_event,
    boundary_event,
    exclusive_gateway,
    parallel_gateway,
    inclusive_gateway,
    complex_gateway,
    event_based_gateway,
};

enum class Trigger : std::uint8_t {
    nothing,
    message,
    timer,
    signal,
    error,
    escalation,
    compensation,
    conditional,
    link,
    cancel,
    terminate,
};

// A text of the model that is FEEL when it begins with "=", and itself otherwise.
struct Formula {
    std::string text;  // as written
    std::optional<feel::Expression> expression;
    bool empty() const { return text.empty(); }
};

enum class TimerKind : std::uint8_t { date, duration, cycle };

struct EventDefinition {
    Trigger trigger = Trigger::nothing;
    Formula name;             // of the message, signal or link
    Formula correlation_key;  // of the message, from the subscription
    TimerKind timer_kind = TimerKind::duration;
    Formula timer;
    Formula code;                               // of an error or escalation; empty at a catching event: any
    std::optional<feel::Expression> condition;  // of a conditional event
    NodeIndex activity = none;                  // to compensate; none: all of the scope
    bool waits_for_completion = true;           // of a compensation
};

// Gives a variable a value: by FEEL, or (data associations) by copying another variable if there is one.
struct Mapping {
    Formula source;
    std::string copied;  // name of a variable
    std::string target;
    bool is_association =
        false;  // of data (BPMN 2.0.2 section 10.4.2): keeps no other result from getting out
};

struct JobDefinition {
    Formula type;
    Formula retries;
    Formula priority;  // empty: that of the process
    std::map<std::string, std::string> headers;
};

struct TaskDefinition {
    Formula assignee;
    Formula candidate_groups;
    Formula candidate_users;
    Formula due_date;
    Formula follow_up_date;
    Formula priority;
    Formula form;
    std::vector<JobDefinition> creating;    // task listeners
    std::vector<JobDefinition> completing;  // task listeners
};

// Which version of a process or decision is called.
enum class Binding : std::uint8_t { latest, deployment, version_tag };

struct Called {
    Formula id;
    Binding binding = Binding::latest;
    std::string version_tag;
    bool passes_all_variables = true;
    bool returns_all_variables = true;
};

enum class LoopKind : std::uint8_t { standard, parallel, sequential };
// Which completions of inner instances throw an event. `each` is what the standard calls None.
enum class LoopBehavior : std::uint8_t { all, each, one, complex };

struct ComplexBehavior {
    feel::Expression condition;
    EventDefinition event;
};

// Standard loop and multi-instance markers (BPMN 2.0.2 section 13.3.6 and 13.3.7).
struct Loop {
    LoopKind kind = LoopKind::standard;
    std::optional<feel::Expression> condition;  // a standard loop goes on while it holds
    bool tests_before = false;
    Formula maximum;
    Formula cardinality;
    Formula collection;
    std::string input_element;
    std::string output_collection;
    Formula output_element;
    std::optional<feel::Expression> completion_condition;
    LoopBehavior behavior = LoopBehavior::all;
    std::optional<EventDefinition> behavior_event;  // of `each` and `one`
    std::vector<ComplexBehavior> complex_behaviors;
};

struct Flow {
    std::string id;
    NodeIndex source = none;
    NodeIndex target = none;
    std::optional<feel::Expression> condition;
};

enum class ScopeForm : std::uint8_t {
    plain,
    event_sub_process,
    transaction,
    ad_hoc_parallel,
    ad_hoc_sequential
};

struct AdHoc {
    Formula active_elements;  // ids to start; empty: all that nothing leads to
    std::optional<feel::Expression> completion_condition;
    bool cancels_remaining = true;
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
    std::vector<JobDefinition> start_listeners;
    std::vector<JobDefinition> end_listeners;

    // Activities.
    int start_quantity = 1;
    int completion_quantity = 1;
    bool is_for_compensation = false;
    std::optional<Loop> loop;
    std::vector<NodeIndex> boundary_events;  // attached to it
    NodeIndex compensation_handler = none;   // of a boundary event for compensation attached to it
    std::optional<JobDefinition> job;        // also of throwing message events
    TaskDefinition task;
    Called called;                // process or decision
    std::string result_variable;  // of a business rule or script task
    Formula script;

    // Processes and sub-processes.
    ScopeForm form = ScopeForm::plain;
    AdHoc ad_hoc;
    std::vector<NodeIndex> children;
    std::vector<NodeIndex> event_sub_processes;

    // Events, receive and send tasks.
    std::vector<EventDefinition> events;  // several: a multiple event
    bool is_parallel_multiple = false;
    NodeIndex attached_to = none;   // of a boundary event
    bool is_interrupting = true;    // of a boundary event or a start event of an event sub-process
    bool is_instantiating = false;  // receive task or event-based gateway that starts the process
    NodeIndex link_target = none;   // of a throwing link event

    // Gateways.
    std::optional<feel::Expression> activation_condition;
    bool is_parallel = false;  // of an instantiating event-based gateway
    // For each incoming flow of an inclusive or complex gateway: the nodes a token can come from without
    // passing the gateway itself, one bit per node.
    std::vector<std::vector<std::uint64_t>> upstream;

    Trigger trigger() const { return events.empty() ? Trigger::nothing : events.front().trigger; }
};

inline bool is_ad_hoc(const Node& node)
{
    return node.form == ScopeForm::ad_hoc_parallel || node.form == ScopeForm::ad_hoc_sequential;
}

// One process, compiled: flat lists that never change. Node 0 is the process itself.
struct Definition {
    std::string id;
    std::string name;
    std::string version_tag;
    Formula job_priority;  // of jobs whose element says nothing
    // How long an instance is kept when it is over; nothing: as long as the installation keeps them.
    std::optional<std::chrono::milliseconds> time_to_live;
    std::vector<Node> nodes;
    std::vector<Flow> flows;
    std::map<std::string, NodeIndex, std::less<>> index;

    NodeIndex find(std::string_view element_id) const;           // `none` when there is none
    std::vector<NodeIndex> start_events(NodeIndex scope) const;  // of a process or sub-process
    // What can start the process from outside: start events with a trigger, instantiating receive tasks and
    // the arms of instantiating event-based gateways. Give one of them to `Start`.
    std::vector<NodeIndex> instantiating() const;
};

enum class Severity : std::uint8_t { error, warning };

// What a finding is about: the model as BPMN, or what this engine needs to run it.
enum class Aspect : std::uint8_t { structure, execution };

struct Finding {
    Severity severity = Severity::error;
    Aspect aspect = Aspect::execution;
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
