#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

// Each token goes on by the first flow whose condition holds, else by the default.
void work_exclusive_gateway(Run& run, Id element)
{
    run.complete(element);
}

}  // namespace bpmn
