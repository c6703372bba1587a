#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

// Starts another process and waits for its end. It sees all variables, or those the input mappings made.
void work_call_activity(Run& run, Id element)
{
    const Node& node = run.node(element);
    auto process = run.text_of(element, node.called.id, "The called process");
    if (!process)
        return;
    ElementInstance* instance = run.find(element);
    instance->waiting = Waiting::call;
    instance->job = run.next_id();
    run.emit(StartProcess{
        .id = instance->job,
        .node = instance->node,
        .process = std::move(*process),
        .binding = node.called.binding,
        .version_tag = node.called.version_tag,
        .variables = node.called.passes_all_variables ? run.visible_variables(element) : instance->locals,
    });
}

}  // namespace bpmn
