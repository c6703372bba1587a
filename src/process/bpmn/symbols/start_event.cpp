#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

// A start event sends out its token; whatever triggers it has happened already.
void work_start_event(Run& run, Id element)
{
    run.complete(element);
}

}  // namespace bpmn
