#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

// Begins as a sub-process does. What a message, timer or signal starts begins at that event instead
// (step.cpp).
void work_process(Run& run, Id element)
{
    work_sub_process(run, element);
}

}  // namespace bpmn
