#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

// Waits for its message.
void work_receive_task(Run& run, Id element)
{
    if (run.watch(element, run.find(element)->node))
        run.find(element)->waiting = Waiting::message;
}

}  // namespace bpmn
