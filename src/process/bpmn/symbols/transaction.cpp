#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

// A cancel end event ends what is active in the transaction, undoes what was completed in it, and leaves by
// the cancel boundary event (BPMN 2.0.2 section 13.5.1).
void cancel_transaction(Run& run, Id element)
{
    Id transaction = run.scope_of(element);
    while (run.node(transaction).form != ScopeForm::transaction &&
           run.node(transaction).symbol != Symbol::process)
        transaction = run.scope_of(transaction);
    run.vanish(element);
    run.unwatch(transaction);
    for (std::size_t index = run.state().elements.size(); index > 0; --index)
        if (index <= run.state().elements.size() && run.state().elements[index - 1].parent == transaction)
            run.terminate(run.state().elements[index - 1].id);
    if (!compensate(run, transaction, transaction, none, true))
        transaction_compensated(run, transaction);
}

void transaction_compensated(Run& run, Id transaction)
{
    const Id scope = run.find(transaction)->parent;
    for (const NodeIndex event : run.node(transaction).boundary_events)
        if (run.node_at(event).trigger() == Trigger::cancel) {
            run.terminate(transaction);
            return run.begin_caught(event, scope, {});
        }
    run.terminate(transaction);
}

}  // namespace bpmn
