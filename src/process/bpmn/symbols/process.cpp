#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

// The process instance is there; what starts it begins separately. It is over when nothing in it is left.
void work_process(Run& run, Id element)
{
    run.find(element)->waiting = Waiting::scope;
    run.check_scope_later(element);
}

}  // namespace bpmn
