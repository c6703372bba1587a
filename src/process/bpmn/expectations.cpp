#include "process/bpmn/expectations.hpp"

#include "base/date.hpp"

#include <algorithm>

namespace bpmn {

namespace {

std::string_view name_of(Waiting waiting)
{
    switch (waiting) {
    case Waiting::job: return "job";
    case Waiting::task: return "user_task";
    case Waiting::timer: return "timer";
    case Waiting::message: return "message";
    case Waiting::signal: return "signal";
    case Waiting::condition: return "condition";
    case Waiting::event: return "event";
    case Waiting::call: return "called_process";
    case Waiting::compensation: return "compensation";
    case Waiting::incident: return "incident";
    default: return {};
    }
}

}  // namespace

std::string_view name_of(Outlook outlook)
{
    switch (outlook) {
    case Outlook::active: return "active";
    case Outlook::completed: return "completed";
    case Outlook::terminated: return "terminated";
    case Outlook::failed: return "failed";
    }
    return {};
}

std::vector<WaitingElement> waiting_in(const World& world)
{
    std::vector<WaitingElement> waiting;
    for (const WorldInstance& instance : world.instances()) {
        for (const ElementInstance& element : instance.state.elements) {
            const Node& node = instance.definition->nodes[element.node];
            const bool is_gateway = node.symbol == Symbol::event_based_gateway;
            if (const auto kind = is_gateway ? "event_gateway" : name_of(element.waiting); !kind.empty())
                waiting.push_back({node.id, std::string(kind)});
        }
        for (const Arrival& arrival : instance.state.arrivals) {
            const auto& at = instance.definition->nodes[instance.definition->flows[arrival.flow].target];
            if (const WaitingElement join{at.id, "join"};
                std::find(waiting.begin(), waiting.end(), join) == waiting.end())
                waiting.push_back(join);
        }
    }
    return waiting;
}

int times_completed(const World& world, std::string_view element)
{
    int times = 0;
    for (const WorldEvent& event : world.trail()) {
        const auto& definition = *world.instances()[event.instance].definition;
        if (event.entry.event == TrailEvent::completed && event.entry.role != Role::body &&
            definition.nodes[event.entry.node].id == element)
            ++times;
    }
    return times;
}

namespace {

class Checker {
public:
    Checker(const World& world, std::vector<std::string>& failed, int& met)
        : world_(world), failed_(failed), met_(met)
    {
    }

    void check(const json::Value& expected)
    {
        for (const auto& [name, value] : *expected.if_object()) {
            if (name == "state")
                check_state(value);
            else if (name == "waiting")
                check_waiting(value);
            else if (name == "variables")
                check_variables(value);
            else if (name == "passed" || name == "not_passed")
                check_passed(value, name == "passed");
            else if (name == "completed")
                check_completed(value);
            else if (name == "incidents")
                check_incidents(value);
            else
                failed_.push_back("«" + name + "» cannot be expected");
        }
    }

private:
    void report(bool is_met, const std::string& sentence)
    {
        if (is_met)
            ++met_;
        else
            failed_.push_back(sentence);
    }

    void check_state(const json::Value& expected)
    {
        const auto found =
            world_.instances().empty() ? "none" : name_of(world_.instances().front().state.outlook);
        report(
            expected.string_or() == found,
            "expected the state " + std::string(expected.string_or()) + ", found " + std::string(found)
        );
    }

    void check_waiting(const json::Value& expected)
    {
        std::vector<std::string> wanted;
        for (const json::Value& element : expected.if_array() ? *expected.if_array() : json::Array{})
            wanted.emplace_back(element.string_or());
        std::vector<std::string> found;
        for (const WaitingElement& waiting : waiting_in(world_))
            found.push_back(waiting.element);
        std::sort(wanted.begin(), wanted.end());
        std::sort(found.begin(), found.end());
        report(wanted == found, "expected to wait at [" + join(wanted) + "], waits at [" + join(found) + "]");
    }

    void check_variables(const json::Value& expected)
    {
        for (const auto& [name, value] : *expected.if_object()) {
            const feel::Value* found =
                world_.instances().empty() ? nullptr : world_.instances().front().state.variables.find(name);
            const bool is_equal = found && (feel::equal(*found, feel::from_json(value)).value_or(false) ||
                                            feel::to_json(*found) == value);
            report(
                is_equal || (!found && value.is_null()),
                "expected " + name + " = " + json::write(value) + ", found " +
                    (found ? json::write(feel::to_json(*found)) : std::string("nothing"))
            );
        }
    }

    void check_passed(const json::Value& expected, bool has_passed)
    {
        for (const json::Value& element : expected.if_array() ? *expected.if_array() : json::Array{}) {
            const bool found = times_completed(world_, element.string_or()) > 0;
            report(
                found == has_passed,
                "expected that «" + std::string(element.string_or()) + (has_passed ? "» was" : "» was not") +
                    " passed"
            );
        }
    }

    void check_completed(const json::Value& expected)
    {
        for (const json::Value& item : expected.if_array() ? *expected.if_array() : json::Array{}) {
            int found = 0;
            std::string names;
            const auto* elements = item.find("elements");
            for (const json::Value& element :
                 elements && elements->if_array() ? *elements->if_array() : json::Array{}) {
                found += times_completed(world_, element.string_or());
                names += (names.empty() ? "" : ", ") + std::string(element.string_or());
            }
            const auto* times = item.find("times");
            const auto wanted = times ? times->integer().value_or(-1) : -1;
            report(
                found == wanted,
                "expected [" + names + "] completed " + std::to_string(wanted) + " times, found " +
                    std::to_string(found)
            );
        }
    }

    void check_incidents(const json::Value& expected)
    {
        std::size_t found = 0;
        for (const WorldInstance& instance : world_.instances())
            found += instance.incidents.size();
        report(
            expected.integer() == static_cast<std::int64_t>(found),
            "expected " + json::write(expected) + " incidents, found " + std::to_string(found)
        );
    }

    static std::string join(const std::vector<std::string>& names)
    {
        std::string joined;
        for (const std::string& name : names)
            joined += (joined.empty() ? "" : ", ") + name;
        return joined;
    }

    const World& world_;
    std::vector<std::string>& failed_;
    int& met_;
};

json::Array trail_of(const World& world)
{
    json::Array trail;
    for (const WorldEvent& event : world.trail()) {
        const auto& definition = *world.instances()[event.instance].definition;
        const auto& id = event.entry.node != none ? definition.nodes[event.entry.node].id
                                                  : definition.flows[event.entry.flow].id;
        trail.push_back(json::Object{
            {"element", json::Value(id)},
            {"event", json::Value(name_of(event.entry.event))},
            {"at", json::Value(base::format_instant(event.at))},
        });
    }
    return trail;
}

}  // namespace

void check_expectations(
    const json::Value& expected, const World& world, std::vector<std::string>& failed, int& met
)
{
    if (expected.if_object())
        Checker(world, failed, met).check(expected);
}

json::Value report_of(const World& world, const std::vector<std::string>& failed, int met)
{
    json::Array waiting;
    for (const WaitingElement& element : waiting_in(world))
        waiting.push_back(json::Object{
            {"element", json::Value(element.element)}, {"kind", json::Value(element.kind)}});
    json::Array incidents;
    for (const WorldInstance& instance : world.instances())
        for (const RaiseIncident& incident : instance.incidents)
            incidents.push_back(json::Object{
                {"element", json::Value(instance.definition->nodes[incident.node].id)},
                {"kind", json::Value(incident.kind)},
                {"message", json::Value(incident.message)},
            });
    json::Array sentences;
    for (const std::string& sentence : failed)
        sentences.push_back(json::Value(sentence));
    const bool is_started = !world.instances().empty();
    const State state = is_started ? world.instances().front().state : State();
    return json::Object{
        {"state", json::Value(is_started ? name_of(state.outlook) : "none")},
        {"variables", feel::to_json(feel::Value(state.variables))},
        {"at", json::Value(base::format_instant(world.now()))},
        {"waiting", json::Value(std::move(waiting))},
        {"incidents", json::Value(std::move(incidents))},
        {"trail", json::Value(trail_of(world))},
        {"expectations",
         json::Object{
             {"met", json::Value(std::int64_t{met})}, {"failed", json::Value(std::move(sentences))}}},
    };
}

}  // namespace bpmn
