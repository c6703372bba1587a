#include "process/bpmn/symbols/symbols.hpp"

#include <algorithm>

namespace bpmn {

namespace {

// What is to be done: the ids its collection names, or all activities nothing leads to.
std::vector<NodeIndex> planned(Run& run, Id element)
{
    const Node& node = run.node(element);
    std::vector<NodeIndex> plan;
    if (node.ad_hoc.active_elements.empty()) {
        for (const NodeIndex child : node.children)
            if (begins_by_itself(run.node_at(child)))
                plan.push_back(child);
        return plan;
    }
    const feel::Value wanted = run.value_of(element, node.ad_hoc.active_elements);
    if (const auto* list = wanted.if_list())
        for (const feel::Value& item : *list)
            if (const auto* id = item.if_string())
                if (const NodeIndex found = run.definition().find(*id); found != none)
                    plan.push_back(found);
    return plan;
}

}  // namespace

// Its activities are done in any order: all at once, or one after the other in the order of the model.
void work_ad_hoc(Run& run, Id element)
{
    const bool is_sequential = run.node(element).form == ScopeForm::ad_hoc_sequential;
    const auto plan = planned(run, element);
    run.find(element)->waiting = Waiting::scope;
    run.check_scope_later(element);
    run.state().rounds.push_back(
        {.body = element, .total = static_cast<std::uint32_t>(plan.size()), .started = 0}
    );
    Round& round = run.state().rounds.back();
    for (const NodeIndex node : plan) {
        if (is_sequential && round.started == 1)
            break;
        ++round.started;
        run.begin_later(node, element);
    }
}

void child_of_ad_hoc_completed(Run& run, Id ad_hoc)
{
    const Node& node = run.node(ad_hoc);
    if (node.ad_hoc.completion_condition) {
        const auto is_done =
            run.truth_of(ad_hoc, *node.ad_hoc.completion_condition, "The completion condition");
        if (!is_done)
            return;
        if (*is_done && node.ad_hoc.cancels_remaining) {
            run.terminate_children(ad_hoc);
            return run.complete(ad_hoc);
        }
        if (*is_done)
            return;
    }
    if (node.form != ScopeForm::ad_hoc_sequential)
        return;
    auto& rounds = run.state().rounds;
    const auto round = std::find_if(rounds.begin(), rounds.end(), [&](const Round& candidate) {
        return candidate.body == ad_hoc;
    });
    const auto plan = planned(run, ad_hoc);
    if (round != rounds.end() && round->started < plan.size())
        run.begin_later(plan[round->started++], ad_hoc);
}

}  // namespace bpmn
