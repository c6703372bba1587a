#include "process/bpmn/symbols/symbols.hpp"

#include <algorithm>

namespace bpmn {

// A start event sends out its token; whatever triggers it has happened already.
void work_start_event(Run& run, Id element)
{
    run.complete(element);
}

void begin_parallel_start(Run& run, NodeIndex event, std::uint32_t part)
{
    const Id element = run.create(event, run.state().elements.front().id);
    run.find(element)->phase = Phase::working;
    if (!run.watch(element, event))
        return run.unwatch(element);
    run.find(element)->waiting = Waiting::event;
    const auto& watches = run.state().watches;
    const auto happened = std::find_if(watches.begin(), watches.end(), [&](const Watch& watch) {
        return watch.owner == element && watch.part == part;
    });
    if (happened != watches.end())
        run.happen(happened->id, {});
}

}  // namespace bpmn
