#include "process/bpmn/rules/paths.hpp"

#include "process/bpmn/vocabulary.hpp"

#include <algorithm>

namespace bpmn {

namespace {

bool is_exclusive(const xml::Element& node)
{
    const bool is_parallel = node.attribute_or("eventGatewayType") == "Parallel";
    return node.name == "exclusiveGateway" || (node.name == "eventBasedGateway" && !is_parallel);
}

}  // namespace

Paths::Paths(const ModelView& model) : model_(model)
{
    const auto catching = model.elements("intermediateCatchEvent");
    for (const auto* from : model.elements("intermediateThrowEvent"))
        for (const auto* throwing : model.triggers(*from))
            for (const auto* to : catching)
                for (const auto* caught : model.triggers(*to))
                    if (leads(*throwing, *caught) && model.scope(*from) == model.scope(*to))
                        link_targets_.emplace(from, to);
    for (const auto* element : model.elements())
        if (is_flow_node(element->name) || element->name == "sequenceFlow")
            numbers_.emplace(element, numbers_.size());
    Elements starts_of_all;
    for (const auto* element : model.elements()) {
        if (is_flow_node(element->name))
            add_fork_of(*element);
        if (!is_scope(element->name))
            continue;
        const auto starts = begins(*element);
        starts_of_all.insert(starts_of_all.end(), starts.begin(), starts.end());
        // Without start events all that nothing leads to begins at once.
        if (!starts.empty() && starts.front()->name != "startEvent") {
            Fork fork;
            for (const auto* start : starts)
                fork.push_back({start});
            forks_.push_back(std::move(fork));
        }
    }
    reachable_ = reach(starts_of_all);
}

Elements Paths::nodes(const xml::Element& scope) const
{
    Elements found;
    for (const auto* child : scope.elements())
        if (child->namespace_uri == model_namespace && is_flow_node(child->name))
            found.push_back(child);
    return found;
}

Elements Paths::begins(const xml::Element& scope) const
{
    Elements starts;
    Elements others;
    for (const auto* node : nodes(scope)) {
        if (node->name == "startEvent")
            starts.push_back(node);
        else if (model_.incoming(*node).empty() && !is_started_otherwise(model_, *node))
            others.push_back(node);
        if (is_event_sub_process(*node) || is_for_compensation(*node))
            others.push_back(node);
    }
    if (starts.empty())
        return others;
    starts.insert(starts.end(), others.begin(), others.end());
    return starts;
}

Elements Paths::after(const xml::Element& node) const
{
    if (node.name == "sequenceFlow") {
        const auto* target = model_.find(node.attribute_or("targetRef"));
        return target ? Elements{target} : Elements{};
    }
    Elements next = model_.outgoing(node);
    const auto& attached = model_.boundary_events(node);
    next.insert(next.end(), attached.begin(), attached.end());
    if (const auto link = link_targets_.find(&node); link != link_targets_.end())
        next.push_back(link->second);
    return next;
}

// The flows of what is no choice, and what happens beside an activity.
void Paths::add_fork_of(const xml::Element& node)
{
    const bool repeats =
        node.attribute_or("completionQuantity", "1") != "1" ||
        (node.name == "intermediateCatchEvent" && model_.has_trigger(node, "timerEventDefinition"));
    Fork fork;
    for (const auto* event : model_.boundary_events(node))
        if (event->attribute_or("cancelActivity") == "false")
            fork.push_back({event, true});
    // Beside such an event each flow counts, also that of a choice.
    if (!is_exclusive(node) || !fork.empty())
        for (const auto* flow : model_.outgoing(node))
            fork.push_back({flow, repeats});
    if (!fork.empty())
        forks_.push_back(std::move(fork));
}

Paths::Reach Paths::reach(Elements waiting) const
{
    Reach found(numbers_.size());
    while (!waiting.empty()) {
        const auto at = numbers_.find(waiting.back());
        waiting.pop_back();
        if (at == numbers_.end() || found[at->second])
            continue;
        found[at->second] = true;
        const auto next = after(*at->first);
        waiting.insert(waiting.end(), next.begin(), next.end());
    }
    return found;
}

const Paths::Reach& Paths::reach_of(const xml::Element& way) const
{
    const auto [place, is_new] = reaches_.try_emplace(&way);
    if (is_new)
        place->second = reach({&way});
    return place->second;
}

bool Paths::can_both_be_taken(const xml::Element& one, const xml::Element& other) const
{
    constexpr std::size_t most_numbers = 5000;
    if (numbers_.size() > most_numbers)
        return true;
    const auto first = numbers_.at(&one);
    const auto second = numbers_.at(&other);
    return std::any_of(forks_.begin(), forks_.end(), [&](const Fork& fork) {
        return takes_both(fork, first, second);
    });
}

// There are two different ways to them, or one that repeats leads to both.
bool Paths::takes_both(const Fork& fork, std::size_t one, std::size_t other) const
{
    const Way* only_to_one = nullptr;
    const Way* only_to_other = nullptr;
    int to_one = 0;
    int to_other = 0;
    for (const Way& way : fork) {
        const Reach& reach = reach_of(*way.begin);
        if (reach[one] && reach[other] && way.repeats)
            return true;
        to_one += reach[one] ? 1 : 0;
        to_other += reach[other] ? 1 : 0;
        only_to_one = reach[one] ? &way : only_to_one;
        only_to_other = reach[other] ? &way : only_to_other;
    }
    return to_one > 0 && to_other > 0 && (to_one > 1 || to_other > 1 || only_to_one != only_to_other);
}

}  // namespace bpmn
