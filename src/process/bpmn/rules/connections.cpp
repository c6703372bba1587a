#include "process/bpmn/rules/groups.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <algorithm>

namespace bpmn {

namespace {

bool is_link(const ModelView& model, const xml::Element& event)
{
    return model.has_trigger(event, "linkEventDefinition");
}

// Nodes that begin without a sequence flow: something else starts them.
bool begins_by_itself(const ModelView& model, const xml::Element& node)
{
    return node.name == "startEvent" || node.attribute_or("instantiate") == "true" ||
           is_started_otherwise(model, node);
}

bool ends_by_itself(const ModelView& model, const xml::Element& node)
{
    return node.name == "endEvent" || node.name == "boundaryEvent" || is_event_sub_process(node) ||
           is_for_compensation(node) || (node.name == "intermediateThrowEvent" && is_link(model, node));
}

struct Border {
    bool has_start = false;
    bool has_end = false;
};

Border border_of(const xml::Element& scope)
{
    Border border;
    for (const auto* child : scope.elements()) {
        border.has_start = border.has_start || is_model(*child, "startEvent");
        border.has_end = border.has_end || is_model(*child, "endEvent");
    }
    return border;
}

// 10.5.2 and 10.5.3: with a start event every other node has a way in, with an end event every other a way
// out. 10.5.4: intermediate events always have both.
void check_node(const ModelView& model, const xml::Element& node, const Border& border)
{
    const bool is_intermediate =
        node.name == "intermediateCatchEvent" || node.name == "intermediateThrowEvent";
    if ((border.has_start || is_intermediate || node.name == "endEvent") && model.incoming(node).empty() &&
        !begins_by_itself(model, node))
        model.refuse(
            node, "no-incoming-flow", named(node) + " is never reached; it needs an incoming sequence flow."
        );
    if ((border.has_end || is_intermediate || node.name == "startEvent") && model.outgoing(node).empty() &&
        !ends_by_itself(model, node))
        model.refuse(
            node, "no-outgoing-flow", named(node) + " leads nowhere; it needs an outgoing sequence flow."
        );
}

void check_ends(const ModelView& model, const xml::Element& node)
{
    if (node.name == "startEvent" && !model.incoming(node).empty())
        model.refuse(
            node, "start-event-incoming", "No sequence flow may lead to the start event " + named(node) + "."
        );
    if (node.name == "boundaryEvent" && !model.incoming(node).empty())
        model.refuse(
            node,
            "boundary-event-incoming",
            "No sequence flow may lead to " + named(node) + ", which is attached to an activity."
        );
    if (node.name == "endEvent" && !model.outgoing(node).empty())
        model.refuse(
            node, "end-event-outgoing", "No sequence flow may leave the end event " + named(node) + "."
        );
    const bool has_flows = !model.incoming(node).empty() || !model.outgoing(node).empty();
    if (is_event_sub_process(node) && has_flows)
        model.refuse(
            node,
            "event-sub-process-flow",
            "The event sub-process " + named(node) + " is started by its event; no sequence flow may meet it."
        );
    if (is_activity(node.name) && is_for_compensation(node) && has_flows)
        model.refuse(
            node,
            "compensation-flow",
            named(node) + " compensates another activity; no sequence flow may meet it."
        );
}

void check_scope(const ModelView& model, const xml::Element& scope)
{
    const Border border = border_of(scope);
    const auto children = scope.elements();
    const bool is_instantiating = std::any_of(children.begin(), children.end(), [](const auto* child) {
        return child->attribute_or("instantiate") == "true";
    });
    if (border.has_end && !border.has_start && !is_instantiating)
        model.refuse(
            scope, "start-event-missing", named(scope) + " has an end event, so it needs a start event too."
        );
    if (border.has_start && !border.has_end)
        model.refuse(
            scope, "end-event-missing", named(scope) + " has a start event, so it needs an end event too."
        );
    for (const auto* child : children) {
        if (child->namespace_uri != model_namespace || !is_flow_node(child->name))
            continue;
        check_node(model, *child, border);
        check_ends(model, *child);
    }
}

}  // namespace

void check_connections(const ModelView& model)
{
    for (const auto* element : model.elements())
        if (element->name == "process" || element->name == "subProcess" || element->name == "transaction")
            check_scope(model, *element);
}

}  // namespace bpmn
