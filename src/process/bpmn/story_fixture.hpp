#pragma once

// For the tests of the symbols: a process in a few words, and what happens to it.
#include "process/bpmn/expectations.hpp"
#include "process/bpmn/scenario_player.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace bpmn::story {

// Events by what triggers them. The messages «paid» and «signed» go to the order of that number; the error
// «wrong» has the code E, the escalation «late» the code L.
inline const std::string message = "<messageEventDefinition messageRef='paid'/>";
inline const std::string signed_message = "<messageEventDefinition messageRef='signed'/>";
inline const std::string signal = "<signalEventDefinition signalRef='closed'/>";
inline const std::string error = "<errorEventDefinition errorRef='wrong'/>";
inline const std::string any_error = "<errorEventDefinition/>";
inline const std::string escalation = "<escalationEventDefinition escalationRef='late'/>";
inline const std::string compensation = "<compensateEventDefinition/>";
inline const std::string cancellation = "<cancelEventDefinition/>";
inline const std::string termination = "<terminateEventDefinition/>";
std::string timer(const std::string& duration);
std::string cycle(const std::string& repetition);
std::string condition(const std::string& expression);
std::string link(const std::string& name);

// An element that holds an expression.
std::string formal(const std::string& element, const std::string& text);
std::string extension(const std::string& inside);
// A node of that kind; further attributes may follow the id: "A' isForCompensation='true".
std::string node(const std::string& kind, const std::string& id, const std::string& inside = {});
std::string
user_task(const std::string& id, const std::string& extensions = {}, const std::string& inside = {});
std::string script(const std::string& id, const std::string& expression, const std::string& result = {});
std::string service(const std::string& id, const std::string& type, const std::string& extensions = {});
std::string boundary(const std::string& id, const std::string& host, const std::string& event);
// A boundary event that does not interrupt.
std::string beside(const std::string& id, const std::string& host, const std::string& event);
// Joins a boundary event for compensation to its handler.
std::string compensates(const std::string& handler, const std::string& event);

// A user task with its handler for compensation: A and undoA.
std::string undoable(const std::string& id);
std::string multiple(const std::string& attributes, const std::string& inside);
// Begins with the first node of its flows when that event happens.
std::string event_sub_process(
    const std::string& id, const std::string& flows, const std::string& event, bool interrupts = true
);

// The inside of a process or sub-process: its sequence flows, "start > A > end; A > B [=x > 1]", each with
// the id "A-B", and the nodes in `elements`. Nodes that only the flows name are start events, end events or
// user tasks, by the beginning of their names.
std::string scope(std::string_view flows, const std::string& elements = {});
// A whole file. `others`: what stands beside the process.
std::string file(const std::string& process, const std::string& others = {});
// What `bpmn check` says of a process: "rule element: sentence" of each finding, a line each.
std::string findings(const std::string& process, const std::string& others = {});

// One run of a model in the small world of the scenarios, from 5 January 2026 at 9 o'clock in Zürich. What
// does not fit throws std::logic_error.
class Story {
public:
    explicit Story(const std::string& process, const std::string& others = {}, Decide decide = {});

    void start(const Variables& variables = {});
    void complete(const std::string& element, const Variables& variables = {});
    // Of a loop: the instance with that counter.
    void complete_inner(const std::string& element, int counter, const Variables& variables = {});
    void fail(const std::string& element, const std::string& reason);
    void throw_error(const std::string& element, const std::string& code, const Variables& variables = {});
    void send(const std::string& key, const Variables& variables = {}, const std::string& name = "paid");
    void broadcast(const Variables& variables = {});  // the signal «closed»
    void advance(const std::string& duration);
    void resolve(const std::string& element, const Variables& variables = {});
    void cancel();
    // Why a step fits nothing now.
    std::string refusal(const std::string& verb, const std::string& element);

    // Ids, with a space between: of what waits, in the order of the alphabet; of what was completed or
    // terminated, in its order.
    std::string waiting() const;
    std::string completed() const { return happened(TrailEvent::completed); }
    std::string terminated() const { return happened(TrailEvent::terminated); }
    int times(const std::string& element) const { return times_completed(world_, element); }
    std::string outlook() const { return std::string(name_of(first().state.outlook)); }
    std::string value(const std::string& variable) const;  // of the process; "nothing" when there is none
    std::string incident() const;                          // "element: message", empty when there is none
    const World& world() const { return world_; }
    const WorldInstance& first() const { return world_.instances().front(); }

private:
    void play(const json::Value& step);
    std::string happened(TrailEvent wanted) const;

    std::vector<Model> models_;
    World world_;
    std::vector<std::string> failed_;
    int met_ = 0;
    ScenarioPlayer player_;
};

}  // namespace bpmn::story
