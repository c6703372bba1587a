#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

// A worker does it: the task waits until the job is completed.
void work_service_task(Run& run, Id element)
{
    run.create_job(element, *run.node(element).job, JobKind::work);
}

}  // namespace bpmn
