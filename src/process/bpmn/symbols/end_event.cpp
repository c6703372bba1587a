#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

// Throws what it has to throw, and takes the token away.
void work_end_event(Run& run, Id element)
{
    work_throw_event(run, element);
}

}  // namespace bpmn
