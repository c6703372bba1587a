#include "process/bpmn/rules/paths.hpp"

#include "process/bpmn/vocabulary.hpp"

#include <algorithm>

namespace bpmn {

namespace {

// Something else than a flow or the beginning of its scope starts it.
bool is_started_otherwise(const ModelView& model, const xml::Element& node)
{
    return node.name == "boundaryEvent" || is_event_sub_process(node) || is_for_compensation(node) ||
           (node.name == "intermediateCatchEvent" && model.has_trigger(node, "linkEventDefinition"));
}

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
    for (const auto* element : model.elements()) {
        if (is_flow_node(element->name))
            add_forks_of(*element);
        if (!is_scope(element->name))
            continue;
        const auto starts = begins(*element);
        for (const auto* start : starts)
            reachable_.insert(reach(*start).begin(), reach(*start).end());
        // Without start events all that nothing leads to begins at once.
        if (!starts.empty() && starts.front()->name != "startEvent")
            add_forks(starts, false);
    }
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

void Paths::add_forks(const Elements& ways, bool repeats)
{
    for (std::size_t first = 0; first < ways.size(); ++first)
        for (std::size_t second = first + (repeats ? 0 : 1); second < ways.size(); ++second)
            forks_.push_back({ways[first], ways[second]});
}

void Paths::add_forks_of(const xml::Element& node)
{
    const bool repeats =
        node.attribute_or("completionQuantity", "1") != "1" ||
        (node.name == "intermediateCatchEvent" && model_.has_trigger(node, "timerEventDefinition"));
    Elements ways = model_.outgoing(node);
    if (!is_exclusive(node))
        add_forks(ways, repeats);
    for (const auto* event : model_.boundary_events(node)) {
        if (event->attribute_or("cancelActivity") != "false")
            continue;
        forks_.push_back({event, event});
        for (const auto* way : ways)
            forks_.push_back({event, way});
        ways.push_back(event);
    }
}

const Paths::Reach& Paths::reach(const xml::Element& from) const
{
    const auto [place, is_new] = reaches_.try_emplace(&from);
    if (!is_new)
        return place->second;
    Reach found;
    Elements waiting{&from};
    while (!waiting.empty()) {
        const auto* at = waiting.back();
        waiting.pop_back();
        if (!found.insert(at).second)
            continue;
        const auto next = after(*at);
        waiting.insert(waiting.end(), next.begin(), next.end());
    }
    return reaches_[&from] = std::move(found);
}

bool Paths::can_both_be_taken(const xml::Element& one, const xml::Element& other) const
{
    return std::any_of(forks_.begin(), forks_.end(), [&](const Fork& fork) {
        const Reach& first = reach(*fork.first);
        const Reach& second = reach(*fork.second);
        return (first.contains(&one) && second.contains(&other)) ||
               (first.contains(&other) && second.contains(&one));
    });
}

}  // namespace bpmn
