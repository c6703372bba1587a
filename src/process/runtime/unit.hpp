#pragma once

#include "process/bpmn/effects.hpp"
#include "process/bpmn/step.hpp"
#include "process/runtime/instance_store.hpp"
#include "process/runtime/job_store.hpp"
#include "process/runtime/message_store.hpp"
#include "process/runtime/parts.hpp"
#include "process/runtime/task_store.hpp"
#include "process/runtime/waiting_store.hpp"

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace runtime {

struct NewInstance {
    std::string business_key = {};
    Variables variables = {};
    std::string start_element = {};  // empty: the start event without trigger
    std::uint32_t start_part = 0;    // which of its definitions has happened
    std::string start_key = {};
    std::string parent_id = {};  // of the instance that calls it
    std::int64_t parent_call = 0;
    std::string trace_id = {};
};

// What one transaction does to instances: loads them, lets the engine step, carries out what it asks for, and
// saves each instance once at the end. Jobs that a worker of this program does in the transaction are done on
// the way.
class Unit {
public:
    Unit(Parts& parts, sql::Transaction& transaction);

    base::Result<InstanceId> start(const DefinitionRow& process, const NewInstance& wanted);

    // Locks the instance. `not_found` when there is none, it is over, or the stimulus fits nothing in it any
    // more; then nothing has changed. `noted` comes into the trail before what follows from it.
    base::Result<> act(const InstanceId& id, const bpmn::Stimulus& stimulus, const TrailEntry& noted = {});
    // So that nobody else changes it from now on. False when there is no such active instance.
    bool lock(const InstanceId& id);
    // The same of the instance that it belongs to. Nothing when it is gone, done by somebody else perhaps.
    std::optional<TaskRow> lock(const TaskId& id);
    std::optional<JobRow> lock(const JobId& id);

    // unit_operations.cpp: see Runtime.
    base::Result<> modify(const InstanceId& id, const Modification& wanted, const TrailEntry& noted);
    base::Result<std::vector<std::string>> migrate(
        const InstanceId& id, int version, const MigrationPlan& plan, const TrailEntry& noted, bool is_dry_run
    );

    base::Result<> answer(const JobRow& row, const Answer& answer);
    void publish(const Message& message);
    // The first instance that it reached or started.
    std::optional<InstanceId> correlate(const Message& message);
    void broadcast(std::string_view signal, const Variables& variables, const InstanceId& by = {});

    // The job as its worker sees it. The instance must have been locked.
    Job describe(const JobRow& row);

    // Writes what has changed so far.
    void save();

private:
    friend class EffectRunner;

    struct Loaded {
        InstanceRow row;
        std::shared_ptr<const bpmn::Definition> definition;  // shared with the cache of definitions
        bpmn::State state;
        Encoded encoded = {};               // of `state`, once it has changed
        std::set<std::string> stored = {};  // names of the large values that lie in the database
        std::vector<TrailEntry> trail = {};
        bool is_dirty = false;
    };
    // What waits for its turn in this unit.
    struct InlineJob {
        JobRow row;
    };
    struct NewSubscription {
        Subscription subscription;
    };
    struct Signal {
        std::string name;
        Variables variables;
        InstanceId by;  // which has heard it already
    };
    struct Call {
        InstanceId caller;
        bpmn::StartProcess wanted;
    };
    // For another instance, from one that calls it or was called by it.
    struct Word {
        InstanceId to;
        bpmn::Stimulus stimulus;
    };
    struct FreedStart {
        std::string process_id;
        std::string start_key;
    };
    using Pending = std::variant<InlineJob, NewSubscription, Message, Signal, Call, Word, FreedStart>;

    Loaded* load(const InstanceId& id);
    Loaded& adopt(InstanceRow row);
    bpmn::StepContext context();
    base::Result<Encoded> encode_within_limit(const bpmn::State& state) const;
    base::Result<> step(Loaded& loaded, const bpmn::Stimulus& stimulus, const TrailEntry& noted);
    void rename_rows(const Loaded& loaded, const bpmn::State& before, const bpmn::Definition& from);
    void carry_out(Loaded& loaded, const bpmn::Outcome& outcome);
    void save_values(Loaded& loaded);
    void drain();
    void run(const InlineJob& job);
    void run(const NewSubscription& added);
    void run(const Message& message);
    void run(const Signal& signal);
    void run(const Call& call);
    void run(const Word& word);
    void run(const FreedStart& freed);
    std::optional<DefinitionRow> find_called(const InstanceRow& caller, const bpmn::StartProcess& wanted);
    std::vector<StartRow> starts_of(std::string_view message_name);
    bool deliver(const Subscription& subscription, const WaitingMessage& message);
    bool start_by_message(const StartRow& row, const Message& message, const std::string& start_key);
    void retry_later(JobRow row, const Failed& failure);
    void announce(const JobRow& row);

    Parts& parts_;
    sql::Transaction& transaction_;
    const base::TenantId tenant_;
    InstanceStore instances_;
    JobStore jobs_;
    std::map<InstanceId, Loaded> loaded_;  // references stay valid
    std::deque<Pending> pending_;
    std::set<std::pair<InstanceId, std::int64_t>> unstored_;  // jobs done on the way, which no table knows
    bool is_draining_ = false;
    std::optional<InstanceId> reached_;  // first by a message since it was last cleared
};

Job describe(const JobRow& row, const InstanceRow& instance);

// See Runtime.
base::Result<feel::Value>
decide(Parts& parts, sql::Transaction& transaction, std::string_view decision, const Variables& inputs);

// One call of the runtime: joins the unit of its transaction, or makes one and saves it.
class UnitScope {
public:
    UnitScope(Parts& parts, sql::Transaction& transaction);
    ~UnitScope();
    UnitScope(const UnitScope&) = delete;
    UnitScope& operator=(const UnitScope&) = delete;

    Unit* operator->() { return unit_; }
    void finish();

private:
    Parts& parts_;
    sql::Transaction& transaction_;
    std::unique_ptr<Unit> own_;
    Unit* unit_;
};

}  // namespace runtime
