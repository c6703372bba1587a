#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

namespace {

Waiting waiting_for(const Node& node)
{
    if (node.events.size() != 1)
        return Waiting::event;
    switch (node.trigger()) {
    case Trigger::message: return Waiting::message;
    case Trigger::timer: return Waiting::timer;
    case Trigger::signal: return Waiting::signal;
    case Trigger::conditional: return Waiting::condition;
    default: return Waiting::event;
    }
}

}  // namespace

// Waits until its event happens. The catching end of a link has been reached when it begins.
void work_catch_event(Run& run, Id element)
{
    const Node& node = run.node(element);
    if (node.trigger() == Trigger::link || node.trigger() == Trigger::nothing)
        return run.complete(element);
    if (!run.watch(element, run.find(element)->node))
        return run.unwatch(element);
    run.find(element)->waiting = waiting_for(node);
}

}  // namespace bpmn
