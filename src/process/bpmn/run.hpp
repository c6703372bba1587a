#pragma once

#include "process/bpmn/step.hpp"
#include "process/feel/evaluate.hpp"

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bpmn {

// One step on its way to quiescence: the operations that the rules of the symbols are written in. Each
// symbol's rule stands in a file of its own below symbols/.
//
// Element instances are named by id, since acting on one may move or end others.
class Run {
public:
    Run(const Definition& definition, const StepContext& context, Outcome& outcome)
        : definition_(definition), context_(context), outcome_(outcome), state_(outcome.state)
    {
    }

    const Definition& definition() const { return definition_; }
    const StepContext& context() const { return context_; }
    State& state() { return state_; }
    ElementInstance* find(Id id) { return state_.find(id); }
    const Node& node(Id element) { return definition_.nodes[find(element)->node]; }
    const Node& node_at(NodeIndex index) const { return definition_.nodes[index]; }
    Id next_id() { return state_.next_id++; }
    void emit(Effect effect) { outcome_.effects.push_back(std::move(effect)); }

    // Moves tokens until everything waits.
    void until_quiet();

    // Tokens.
    void take(FlowIndex flow, Id scope);         // a token sets out on a flow
    void begin_later(NodeIndex node, Id scope);  // a token appears at a node without a flow
    void check_scope_later(Id scope);            // something ended in it: it may be empty now
    void throw_later(Id element);                // when all else is quiet, so that all who listen hear it
    // The flows a token leaves by; nothing (and an incident) when that cannot be told.
    std::optional<std::vector<FlowIndex>> choose_flows(Id element);

    // The life of an element instance.
    Id create(NodeIndex node, Id parent, Role role = Role::plain, Variables locals = {});
    void begin(NodeIndex node, Id parent);
    void begin_caught(NodeIndex event, Id parent, const Variables& payload);  // an event that has happened
    void begin_handler(NodeIndex node, Id parent, Id compensation, Variables locals);
    void activate(Id element);  // takes its inputs, runs its start listeners, opens what is attached, works
    void work(Id element);      // does what its symbol says
    void complete(Id element);  // gives its outputs, runs its end listeners, leaves
    void leave(Id element);     // is over; tokens go on
    void vanish(Id element);    // is over and completed; no token goes on
    void terminate(Id element);
    void terminate_children(Id scope);
    void finish(Outlook outlook, std::string error_code = {}, std::string message = {});
    void fail(Id element, std::string_view kind, std::string message);  // raises an incident
    bool run_listeners(Id element, const std::vector<JobDefinition>& listeners, JobKind kind);
    bool create_job(Id element, const JobDefinition& job, JobKind kind);
    int priority_of(Id element, const JobDefinition& job);
    void remove_work(Id element);  // its job, task or called process
    Id scope_of(Id element);       // the process or sub-process instance it lies in, past bodies of loops
    void note(TrailEvent event, const ElementInstance& element);

    // What may happen to it. False after an incident.
    bool watch(Id owner, NodeIndex event);
    bool watch_attached(Id element);
    bool watch_event_sub_processes(Id scope);
    void unwatch(Id owner);
    void unwatch(Id owner, NodeIndex event);
    void unwatch_event_sub_processes(Id scope);
    void forget_watch(Id watch);
    void happen(Id watch, const Variables& payload);
    void start_event_sub_process(Id scope, NodeIndex start, const Variables& payload);
    void interrupt_or_join(Id host, NodeIndex boundary_event, const Variables& payload);
    void hear_signal(std::string_view name, const Variables& payload);

    // Errors and escalations go outwards until somebody catches them. False when nobody does.
    bool throw_error(Id element, std::string_view code, const Variables& payload);
    bool throw_escalation(Id element, std::string_view code, const Variables& payload);

    // Variables and expressions, as the element instance sees them.
    const feel::Value* find_variable(Id element, std::string_view name);
    void set_local(Id element, std::string_view name, feel::Value value);
    void
    set_variable(Id element, std::string_view name, feel::Value value);  // where it is already, else outside
    void deliver(Id element, const Variables& results);  // for its output mappings, or outwards
    Variables visible_variables(Id element);
    feel::Evaluation evaluate(Id element, const feel::Expression& expression, const Variables& extra = {});
    feel::Value value_of(Id element, const Formula& formula);
    // Nothing (and an incident) when the formula gives no text.
    std::optional<std::string> text_of(Id element, const Formula& formula, std::string_view what);
    // Nothing (and an incident) when it gives neither true nor false.
    std::optional<bool> truth_of(
        Id element, const feel::Expression& expression, std::string_view what, const Variables& extra = {}
    );
    bool map(Id element, const std::vector<Mapping>& mappings, Id target);

private:
    struct Move {
        FlowIndex flow = none;
        NodeIndex node = none;  // without a flow
        Id scope = 0;
    };

    void move(const Move& move);
    bool settle();  // one thing that is decided only when all is quiet; false when there is none
    bool check_conditions();
    void settle_scope(Id scope);
    bool settle_joins();
    void erase(Id element);
    void forget_scope(Id scope);
    std::optional<Watch> make_watch(Id owner, NodeIndex event, std::uint32_t part);
    bool plan_timer(Id owner, const EventDefinition& event, Watch& watch);
    void announce(const Watch& watch, const EventDefinition& event, std::string correlation_key);
    void withdraw(const Watch& watch);
    template <class Unwanted>
    void drop_watches(Unwanted unwanted);
    bool rearm(Watch& watch);  // a timer that repeats
    void react(Id owner, NodeIndex event, const Variables& payload, bool stays);
    struct Catcher {
        Id host = 0;
        NodeIndex event = none;
    };
    std::optional<Catcher> find_catcher(Id element, Trigger trigger, std::string_view code);
    NodeIndex match(const std::vector<NodeIndex>& candidates, Trigger trigger, std::string_view code) const;

    const Definition& definition_;
    const StepContext& context_;
    Outcome& outcome_;
    State& state_;
    std::vector<Move> moves_;
    std::size_t next_move_ = 0;
    std::vector<Id> emptied_;  // scopes to look at
    std::deque<Id> throwing_;
    std::uint32_t moved_ = 0;
    bool has_changes_ = false;  // of variables, since conditions were last looked at
};

}  // namespace bpmn
