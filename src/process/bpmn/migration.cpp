#include "process/bpmn/migration.hpp"

#include "process/bpmn/run.hpp"

#include <algorithm>
#include <set>

namespace bpmn {

namespace {

class Migration {
public:
    Migration(const Definition& from, const Definition& to, const MigrationPlan& plan)
        : from_(from), to_(to), plan_(plan)
    {
        for (const auto& [source, target] : plan) {
            if (from.find(source) == none)
                problem("The old version has no element «" + source + "».");
            if (to.find(target) == none)
                problem("The new version has no element «" + target + "».");
        }
    }

    void move(State& state)
    {
        for (ElementInstance& element : state.elements)
            element.node = move_element(element.node);
        for (Arrival& arrival : state.arrivals)
            arrival.flow = move_flow(arrival.flow);
        for (Reset& reset : state.resets) {
            reset.gateway = move_element(reset.gateway);
            for (FlowIndex& flow : reset.arrived)
                flow = move_flow(flow);
        }
        for (Compensable& record : state.compensables)
            record.node = move_element(record.node);
        for (Compensation& compensation : state.compensations)
            for (Compensable& record : compensation.pending)
                record.node = move_element(record.node);
    }

    // The event in the new version, `none` when it no longer is what it was.
    NodeIndex find_event(NodeIndex old_event, std::uint32_t part) const
    {
        const Node& old = from_.nodes[old_event];
        const NodeIndex index = target_of(old_event);
        if (index == none)
            return none;
        const Node& event = to_.nodes[index];
        const bool is_same = event.symbol == old.symbol && event.events.size() > part &&
                             event.events[part].trigger == old.events[part].trigger &&
                             is_moved(old.attached_to, event.attached_to) &&
                             is_moved(old.parent, event.parent);
        return is_same ? index : none;
    }

    std::vector<std::string> take_problems() { return {problems_.begin(), problems_.end()}; }

private:
    void problem(std::string sentence) { problems_.insert(std::move(sentence)); }

    NodeIndex target_of(NodeIndex old) const
    {
        if (old == 0)
            return 0;  // the process itself
        const auto& id = from_.nodes[old].id;
        const auto mapped = plan_.find(id);
        return to_.find(mapped == plan_.end() ? id : mapped->second);
    }

    bool is_moved(NodeIndex old, NodeIndex now) const
    {
        return old == none ? now == none : target_of(old) == now;
    }

    // `none`, and a problem, when it cannot be moved.
    NodeIndex move_element(NodeIndex old)
    {
        const Node& source = from_.nodes[old];
        const NodeIndex index = target_of(old);
        if (index == none) {
            problem(
                "«" + source.id + "» is active, but the new version has no such element; map it to another."
            );
            return none;
        }
        const Node& target = to_.nodes[index];
        const std::string both = "«" + source.id + "» cannot become «" + target.id + "»: ";
        if (target.symbol != source.symbol || target.form != source.form)
            problem(both + "they are elements of different kinds.");
        if (source.loop.has_value() != target.loop.has_value() ||
            (source.loop && source.loop->kind != target.loop->kind))
            problem(both + "they do not repeat in the same way.");
        if (!is_moved(source.parent, target.parent))
            problem(both + "they do not lie in the same sub-process.");
        return index;
    }

    // Tokens before a join wait on a flow: that of the same id, or the only one that comes from where it
    // came.
    FlowIndex move_flow(FlowIndex old)
    {
        const Flow& source = from_.flows[old];
        const NodeIndex target = move_element(source.target);
        if (target == none)
            return none;
        for (const FlowIndex flow : to_.nodes[target].incoming)
            if (to_.flows[flow].id == source.id || to_.flows[flow].source == target_of(source.source))
                return flow;
        problem(
            "A token waits on «" + source.id + "» before «" + from_.nodes[source.target].id +
            "», but the new version has no such flow there."
        );
        return none;
    }

    const Definition& from_;
    const Definition& to_;
    const MigrationPlan& plan_;
    std::set<std::string> problems_;
};

// All events that an element listens to while it is active.
std::vector<NodeIndex> events_of(const Definition& definition, const ElementInstance& element)
{
    const Node& node = definition.nodes[element.node];
    std::vector<NodeIndex> events;
    if (element.role != Role::inner)
        events = node.boundary_events;
    if (element.role == Role::body)
        return events;
    for (const NodeIndex sub_process : node.event_sub_processes)
        for (const NodeIndex start : definition.start_events(sub_process))
            events.push_back(start);
    if (node.symbol == Symbol::intermediate_catch_event || node.symbol == Symbol::receive_task)
        events.push_back(element.node);
    if (node.symbol == Symbol::event_based_gateway)
        for (const FlowIndex flow : node.outgoing)
            events.push_back(definition.flows[flow].target);
    return events;
}

// Only what is fully open listens: not what has a listener's job or an incident before it.
void listen(Run& run, const Definition& to)
{
    const std::vector<ElementInstance> elements = run.state().elements;
    for (const ElementInstance& element : elements) {
        if (element.phase != Phase::working)
            continue;
        for (const NodeIndex event : events_of(to, element)) {
            const auto& watches = run.state().watches;
            const bool is_watched = std::any_of(watches.begin(), watches.end(), [&](const Watch& watch) {
                return watch.owner == element.id && watch.event == event;
            });
            if (!is_watched && !run.watch(element.id, event))
                return;
        }
    }
}

}  // namespace

Migrated migrate(
    const Definition& from,
    const Definition& to,
    const State& state,
    const MigrationPlan& plan,
    const StepContext& context
)
{
    Migrated migrated;
    migrated.outcome.state = state;
    if (state.outlook != Outlook::active || state.elements.empty()) {
        migrated.problems.emplace_back("The instance is not active.");
        return migrated;
    }
    State moved = state;
    Migration migration(from, to, plan);
    migration.move(moved);
    migrated.problems = migration.take_problems();
    if (!migrated.problems.empty())
        return migrated;

    Outcome outcome{.state = std::move(moved), .effects = {}, .trail = {}, .rejection = {}};
    Run run(to, context, outcome);
    std::vector<Id> gone;
    for (Watch& watch : outcome.state.watches) {
        const NodeIndex event = migration.find_event(watch.event, watch.part);
        if (event == none)
            gone.push_back(watch.id);
        else
            watch.event = event;
    }
    for (const Id id : gone)
        run.forget_watch(id);
    const auto incidents = outcome.state.incidents.size();
    listen(run, to);
    if (outcome.state.incidents.size() > incidents) {
        migrated.problems.push_back(outcome.state.incidents.back().message);
        return migrated;
    }
    migrated.outcome = std::move(outcome);
    return migrated;
}

}  // namespace bpmn
