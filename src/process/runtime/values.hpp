#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "process/feel/value.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace runtime {

// Keys are positive decimal numbers of at most 19 digits, growing with time: what worker clients expect.
using InstanceId = base::Id<struct InstanceTag>;
using TaskId = base::Id<struct TaskTag>;
using JobId = base::Id<struct JobTag>;
using IncidentId = base::Id<struct IncidentTag>;

using Variables = feel::Context;

// A file to deploy; its name says what it is: ".bpmn", ".dmn" or ".form".
struct Resource {
    std::string name;
    std::string content;
};

struct Deployed {
    enum class Kind { process, decision, form };
    Kind kind = Kind::process;
    std::string id;  // of the process, the decision or the form
    std::string name;
    int version = 1;
    bool is_new = true;     // false: the content is that of the version that was there
    std::string key = {};   // of the version: a decimal number
    std::string file = {};  // name of the resource
};

// A version of a process, a decision or a form.
struct Definition {
    base::TenantId tenant;  // that deployed it
    Deployed::Kind kind = Deployed::Kind::process;
    std::string key;
    std::string id;
    std::string name;
    int version = 1;
    std::string version_tag;
    std::string file;
    base::Instant deployed_at;
};

// What is empty, or 0, restricts nothing.
struct DefinitionFilter {
    Deployed::Kind kind = Deployed::Kind::process;
    std::string key = {};
    std::string id = {};
    int version = 0;
};

enum class InstanceState { active, completed, terminated, failed };

struct Instance {
    InstanceId id;
    base::TenantId tenant;
    std::string process_id;
    int version = 1;
    std::string business_key;
    InstanceState state = InstanceState::active;
    base::Instant started_at;
    std::optional<base::Instant> ended_at;
    std::optional<InstanceId> parent;  // which called it
    int incidents = 0;                 // unresolved
    std::string definition_key;        // of the version it is on
    std::string process_name;          // as its version says, for people
    std::string version_tag;
};

// What is empty restricts nothing.
struct InstanceFilter {
    std::string id = {};
    std::string process_id = {};
    std::string definition_key = {};
    std::string business_key = {};
    std::string parent = {};
    std::optional<InstanceState> state = {};
    std::string before = {};  // only those with a smaller key
    std::size_t most = 100;   // the newest first
};

// A user task that waits for a person.
struct Task {
    TaskId id;
    base::TenantId tenant;
    InstanceId instance;
    std::string business_key;
    std::string process_id;
    std::string element;  // id in the model
    std::string name;     // as the model says, for people
    std::string form;
    std::string assignee;  // empty: nobody has it
    std::vector<std::string> candidate_groups;
    std::vector<std::string> candidate_users;
    int priority = 50;
    std::optional<base::Instant> due;
    std::optional<base::Instant> follow_up;
    base::Instant created_at;
    std::int64_t element_number = 0;  // of its element instance
};

// What is to be otherwise about a task; what is nothing stays. An inner nothing takes a date away.
struct TaskChange {
    std::optional<std::vector<std::string>> candidate_groups = {};
    std::optional<std::vector<std::string>> candidate_users = {};
    std::optional<int> priority = {};
    std::optional<std::optional<base::Instant>> due = {};
    std::optional<std::optional<base::Instant>> follow_up = {};
};

struct TaskFilter {
    std::optional<InstanceId> instance = {};
    std::optional<std::string> business_key = {};
    std::optional<std::string> assignee = {};
    std::size_t most = 100;  // most urgent first
};

// Work that the process asks somebody to do.
struct Job {
    JobId id;  // the same in every attempt until it is an incident
    base::TenantId tenant;
    std::string type;
    InstanceId instance;
    std::string business_key;
    std::string process_id;
    std::string element;
    Variables headers;                 // texts, from the model
    Variables variables;               // that the element sees
    int retries = 1;                   // left, this attempt included
    int failures = 0;                  // attempts so far that failed
    int priority = 0;                  // a point counts as a minute of waiting
    std::int64_t element_number = 0;   // of its element instance
    std::string worker = {};           // who had it last
    base::Instant due = {};            // while somebody works on it: when their time is over
    std::string idempotency_key = {};  // the same in every attempt, also after an incident was resolved
    std::string trace_id = {};         // of what its instance belongs to (W3C Trace Context)
};

// What is empty restricts nothing.
struct JobFilter {
    std::string instance = {};
    std::string type = {};
    std::size_t most = 100;  // the oldest first
};

// What came out of a job.
struct Completed {
    Variables variables = {};
};
// An outcome the model knows: caught by an error boundary event, else an incident.
struct BpmnError {
    std::string code;
    std::string message = {};
    Variables variables = {};
};
// It did not work this time. Repeated after `back_off` (nothing: 10 s, 20 s, 40 s … up to 1 h) while retries
// are left, then an incident.
struct Failed {
    std::string message;  // for operators; no personal data
    std::optional<int> retries = {};
    std::optional<std::chrono::milliseconds> back_off = {};
};
using Answer = std::variant<Completed, BpmnError, Failed>;

struct Message {
    std::string name;
    std::string correlation_key;
    Variables variables = {};
    // A message of an id that is known for this name and key (and not forgotten, see time_to_live) is
    // ignored.
    std::string id = {};
    // How long it waits for a process that is not there yet.
    std::chrono::milliseconds time_to_live = std::chrono::hours(24);
    std::string key = {};  // made when it is published
};

struct Incident {
    IncidentId id;
    base::TenantId tenant;
    InstanceId instance;
    std::string business_key;
    std::string process_id;
    std::string element;       // id in the model
    std::string element_name;  // as the model says, for people; empty when it says nothing
    std::string kind;          // "job", "expression", …
    std::string message;
    base::Instant raised_at;
    std::int64_t element_number = 0;  // of the element instance that stands still
};

// Element ids of an instance's version to those of another one; what is not named keeps its id.
using MigrationPlan = std::map<std::string, std::string, std::less<>>;

// Something that is active in an instance now.
struct ActiveElement {
    std::string element;  // id in the model
    std::string name;
    std::string waits_for;  // "task", "job", "message", …; empty: for what lies in it
};

// What an element that is active has for itself.
struct LocalVariables {
    std::int64_t element_number = 0;
    Variables variables;
};

// How much there is, for those who watch over the program.
struct Load {
    struct Count {
        base::TenantId tenant;
        std::string name;  // of the process or the job type; empty for incidents
        std::int64_t count = 0;
    };
    std::vector<Count> active_instances;
    std::vector<Count> jobs;
    std::vector<Count> incidents;
    std::chrono::milliseconds timer_lag{};  // since when the oldest timer is due, and has not fired
    std::chrono::milliseconds job_lag{};    // the same of jobs
};

// An operator's moves: what is active at some elements ends, other elements begin. To skip an element is to
// end it and begin what follows.
struct Modification {
    std::vector<std::string> terminate = {};           // ids in the model
    std::vector<std::int64_t> terminate_numbers = {};  // element instances
    std::vector<std::string> activate = {};
};

// One line of what happened in an instance, in order.
struct TrailEntry {
    base::Instant at;
    std::string element;  // id in the model; empty: the instance as a whole
    std::string event;    // "activated", "completed", "terminated", "variables_set", "incident_resolved", …
    std::string who;      // the person, where one did it
    std::string detail;
    std::int64_t element_number = 0;  // of the element instance that came or went
};

// An element of the model while it lived in an instance, and how it ended.
struct ElementInstance {
    std::int64_t number = 0;  // in its instance; the process itself is 1
    std::string element;      // id in the model
    std::string name;
    std::string type;  // as in BPMN: "userTask", "exclusiveGateway", …
    InstanceState state = InstanceState::active;
    base::Instant started_at;
    std::optional<base::Instant> ended_at = {};
    std::optional<IncidentId> incident = {};  // that it stands still for
};

}  // namespace runtime
