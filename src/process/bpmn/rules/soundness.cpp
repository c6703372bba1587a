#include "process/bpmn/rules/groups.hpp"
#include "process/bpmn/rules/paths.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <algorithm>

namespace bpmn {

namespace {

bool has_condition(const xml::Element& flow)
{
    return has_model_child(flow, "conditionExpression");
}

bool is_default(const xml::Element& node, const xml::Element& flow)
{
    return local_reference(node.attribute_or("default")) == id_of(flow);
}

// A choice whose conditions all fail stops with an incident.
void check_choice(const ModelView& model, const xml::Element& node)
{
    const auto& outgoing = model.outgoing(node);
    const bool is_gateway_with_choice =
        node.name == "exclusiveGateway" || node.name == "inclusiveGateway" || node.name == "complexGateway";
    const bool may_choose = is_gateway_with_choice || is_activity(node.name);
    if (outgoing.size() > 1 && may_choose && !node.find_attribute("default") &&
        std::all_of(outgoing.begin(), outgoing.end(), [](const auto* flow) { return has_condition(*flow); }))
        model.warn(
            node,
            "default-missing",
            named(node) + " has no default flow; when none of its conditions holds, it stops there."
        );
    if (outgoing.size() > 1 && node.name == "exclusiveGateway")
        for (const auto* flow : outgoing)
            if (!has_condition(*flow) && !is_default(node, *flow))
                model.warn(
                    *flow,
                    "condition-missing",
                    named(*flow) + " leaves the exclusive gateway " + named(node) +
                        " without a condition and is not its default: it is always taken when its turn comes."
                );
}

// Several flows without gateway and condition are all taken, which readers often miss.
void check_split(const ModelView& model, const xml::Element& node)
{
    const auto& outgoing = model.outgoing(node);
    const auto unconditional = std::count_if(outgoing.begin(), outgoing.end(), [&](const auto* flow) {
        return !has_condition(*flow) && !is_default(node, *flow);
    });
    if (!is_gateway(node.name) && unconditional > 1)
        model.warn(
            node,
            "implicit-split",
            named(node) + " sends a token out on each of its " + std::to_string(unconditional) +
                " flows; a parallel gateway would show that."
        );
}

void check_reachable(const ModelView& model, const Paths& paths, const xml::Element& scope)
{
    for (const auto* node : paths.nodes(scope))
        // One without incoming flow is said to be so already (no-incoming-flow).
        if (!paths.is_reachable(*node) && !model.incoming(*node).empty())
            model.warn(
                *node, "unreachable", named(*node) + " can never be reached from where its scope begins."
            );
}

// Each pair of flows is compared; nobody draws a join of more than so many.
void check_joins(const ModelView& model, const Paths& paths, const xml::Element& scope)
{
    constexpr std::size_t most_flows = 30;
    for (const auto* node : paths.nodes(scope)) {
        const auto& incoming = model.incoming(*node);
        if (node->name != "parallelGateway" || incoming.size() < 2 || incoming.size() > most_flows)
            continue;
        const auto starved = std::find_if(incoming.begin(), incoming.end(), [&](const auto* one) {
            return std::any_of(incoming.begin(), incoming.end(), [&](const auto* other) {
                return one != other && !paths.can_both_be_taken(*one, *other);
            });
        });
        if (starved != incoming.end())
            model.warn(
                *node,
                "join-never",
                named(*node) + " waits for a token on each of its flows, but " + named(**starved) +
                    " and another of them are never taken together: it can never go on."
            );
    }
}

}  // namespace

// What the standard allows and is nearly always a mistake.
void check_soundness(const ModelView& model)
{
    const Paths paths(model);
    for (const auto* element : model.elements()) {
        if (is_flow_node(element->name) && model.is_executable(*element)) {
            check_choice(model, *element);
            check_split(model, *element);
        }
        if (is_scope(element->name) && model.is_executable(*element)) {
            check_reachable(model, paths, *element);
            check_joins(model, paths, *element);
        }
    }
}

}  // namespace bpmn
