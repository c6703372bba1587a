#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

// Undefined and manual tasks: the engine has nothing to do and nobody tells it.
void work_task(Run& run, Id element)
{
    run.complete(element);
}

}  // namespace bpmn
