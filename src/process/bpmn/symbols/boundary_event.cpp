#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

// No flow leads to a boundary event: it comes to be when its event has happened.
void work_boundary_event(Run& run, Id element)
{
    run.complete(element);
}

}  // namespace bpmn
