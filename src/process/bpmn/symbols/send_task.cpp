#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

// Sends its message and is completed.
void work_send_task(Run& run, Id element)
{
    if (send_message(run, element, run.node(element).events.front()))
        run.complete(element);
}

// The sender's side of a correlation: the message's key, as its variables give it; a receiver whose key is
// equal gets it.
bool send_message(Run& run, Id element, const EventDefinition& event)
{
    if (run.node(element).job) {
        run.create_job(element, *run.node(element).job, JobKind::work);
        return false;
    }
    auto name = run.text_of(element, event.name, "The name of the message");
    if (!name)
        return false;
    auto key = run.text_of(element, event.correlation_key, "The correlation key");
    if (!key)
        return false;
    run.emit(PublishMessage{std::move(*name), std::move(*key), run.find(element)->locals});
    return true;
}

}  // namespace bpmn
