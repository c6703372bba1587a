#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

// Evaluates its FEEL expression at once. The result goes into the variable it names.
void work_script_task(Run& run, Id element)
{
    const Node& node = run.node(element);
    auto evaluation = run.evaluate(element, *node.script.expression);
    for (const feel::Problem& problem : evaluation.problems)
        if (problem.kind == feel::Problem::Kind::limit)
            return run.fail(element, "expression", "The script was ended: " + problem.reason);
    if (!node.result_variable.empty())
        run.deliver(element, {{node.result_variable, std::move(evaluation.value)}});
    run.complete(element);
}

}  // namespace bpmn
