#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

// Evaluates its decision with the variables it sees.
void work_business_rule_task(Run& run, Id element)
{
    const Node& node = run.node(element);
    const auto decision = run.text_of(element, node.called.id, "The decision");
    if (!decision)
        return;
    if (!run.context().decide)
        return run.fail(element, "decision", "There is nobody who knows the decision «" + *decision + "».");
    const auto result = run.context().decide(*decision, run.visible_variables(element));
    if (!result)
        return run.fail(
            element, "decision", "The decision «" + *decision + "» has failed: " + result.error().detail
        );
    if (!node.result_variable.empty())
        run.deliver(element, {{node.result_variable, *result}});
    run.complete(element);
}

}  // namespace bpmn
