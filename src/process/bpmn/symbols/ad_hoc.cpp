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

Round* find_round(Run& run, Id ad_hoc)
{
    for (Round& round : run.state().rounds)
        if (round.body == ad_hoc)
            return &round;
    return nullptr;
}

// Nothing after an incident.
std::optional<bool> is_done(Run& run, Id ad_hoc)
{
    const auto& condition = run.node(ad_hoc).ad_hoc.completion_condition;
    return condition ? run.truth_of(ad_hoc, *condition, "The completion condition") : false;
}

// True when its completion condition is met: then no activity of it begins any more, and what is active is
// cancelled or waited for.
bool check_done(Run& run, Id ad_hoc)
{
    if (!is_done(run, ad_hoc).value_or(false))
        return false;
    find_round(run, ad_hoc)->completed = 1;
    if (run.node(ad_hoc).ad_hoc.cancels_remaining)
        run.terminate_children(ad_hoc);
    run.check_scope_later(ad_hoc);
    return true;
}

}  // namespace

// Its activities are done in any order: all at once, or one after the other in the order of the model.
void work_ad_hoc(Run& run, Id element)
{
    run.find(element)->waiting = Waiting::scope;
    run.check_scope_later(element);
    if (find_round(run, element)) {  // again, after an incident of its condition
        check_done(run, element);
        return;
    }
    const auto plan = planned(run, element);
    run.state().rounds.push_back({.body = element, .total = static_cast<std::uint32_t>(plan.size())});
    if (run.node(element).form == ScopeForm::ad_hoc_sequential)
        return;  // the first begins when nothing else is active
    for (const NodeIndex node : plan)
        run.begin_later(node, element);
}

bool goes_on_in_ad_hoc(Run& run, Id ad_hoc)
{
    return find_round(run, ad_hoc)->completed == 0 && !check_done(run, ad_hoc);
}

bool begin_next_of_ad_hoc(Run& run, Id ad_hoc)
{
    Round& round = *find_round(run, ad_hoc);
    const auto plan = planned(run, ad_hoc);
    if (run.node(ad_hoc).form != ScopeForm::ad_hoc_sequential || round.completed != 0 ||
        round.started >= plan.size())
        return false;
    run.begin_later(plan[round.started++], ad_hoc);
    return true;
}

}  // namespace bpmn
