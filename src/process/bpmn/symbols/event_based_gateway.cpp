#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

// Waits for the first event of its arms; the others are no longer waited for.
void work_event_based_gateway(Run& run, Id element)
{
    for (const FlowIndex flow : run.node(element).outgoing)
        if (!run.watch(element, run.definition().flows[flow].target))
            return run.unwatch(element);
    run.find(element)->waiting = Waiting::event;
}

void take_arm(Run& run, Id gateway, NodeIndex event, const Variables& payload)
{
    const Id scope = run.find(gateway)->parent;
    const Node& node = run.node(gateway);
    if (!node.is_parallel) {
        run.vanish(gateway);
        return run.begin_caught(event, scope, payload);
    }
    run.unwatch(gateway, event);
    bool is_waiting = false;
    for (const Watch& watch : run.state().watches)
        is_waiting = is_waiting || watch.owner == gateway;
    if (!is_waiting)
        run.vanish(gateway);
    run.begin_caught(event, scope, payload);
}

// A parallel gateway that starts a process waits for all of its arms; the first has brought it to life.
void begin_parallel_event_gateway(Run& run, NodeIndex gateway, NodeIndex event, const Variables& payload)
{
    const Id scope = run.state().elements.front().id;
    const Id element = run.create(gateway, scope);
    run.find(element)->phase = Phase::working;
    work_event_based_gateway(run, element);
    if (run.find(element)->waiting == Waiting::event)
        take_arm(run, element, event, payload);
}

}  // namespace bpmn
