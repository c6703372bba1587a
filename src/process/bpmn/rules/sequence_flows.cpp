#include "process/bpmn/rules/groups.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <algorithm>

namespace bpmn {

namespace {

// 7.6.1: a sequence flow crosses neither the border of a pool nor that of a sub-process.
void check_scope(const ModelView& model, const xml::Element& flow)
{
    for (const auto* field : {"sourceRef", "targetRef"}) {
        const auto* node = model.find(flow.attribute_or(field));
        if (node && model.scope(*node) && model.scope(flow) && model.scope(*node) != model.scope(flow))
            model.refuse(
                flow,
                "flow-crosses-scope",
                "The sequence flow " + named(flow) + " must stay in its process or sub-process, but " +
                    named(*node) + " lies in another."
            );
    }
}

// 8.4.13: conditions stand where a choice is possible.
void check_condition(const ModelView& model, const xml::Element& flow)
{
    const auto* source = model.find(flow.attribute_or("sourceRef"));
    if (!source || !has_model_child(flow, "conditionExpression"))
        return;
    if (source->name == "parallelGateway")
        model.warn(
            flow,
            "parallel-condition",
            "The parallel gateway " + named(*source) + " takes every sequence flow, whatever its condition."
        );
    else if (is_event(source->name) || source->name == "eventBasedGateway")
        model.refuse(
            flow,
            "flow-condition-place",
            "Only activities and exclusive, inclusive and complex gateways may choose by a condition, not " +
                named(*source) + "."
        );
    else if (is_activity(source->name) && model.outgoing(*source).size() < 2)
        model.refuse(
            flow,
            "flow-condition-alone",
            named(*source) + " has a conditional sequence flow, so it needs at least one more that is taken "
                             "when the condition does not hold."
        );
}

void check_default(const ModelView& model, const xml::Element& node)
{
    const auto* reference = node.find_attribute("default");
    if (!reference)
        return;
    const auto* flow = model.find(*reference, "sequenceFlow");
    const auto& outgoing = model.outgoing(node);
    if (flow && std::find(outgoing.begin(), outgoing.end(), flow) == outgoing.end())
        model.refuse(
            node,
            "default-flow",
            "The default flow of " + named(node) + " must leave it, but " + named(*flow) + " does not."
        );
    if (flow && has_model_child(*flow, "conditionExpression"))
        model.warn(
            *flow,
            "default-condition",
            "The condition of the default flow " + named(*flow) + " is never used."
        );
}

bool lists_flows(const xml::Element& node)
{
    return has_model_child(node, "incoming") || has_model_child(node, "outgoing");
}

void check_list(
    const ModelView& model, const xml::Element& node, std::string_view list, const Elements& flows
)
{
    auto listed = child_texts(node, list);
    for (const auto* flow : flows) {
        const auto found = std::find(listed.begin(), listed.end(), id_of(*flow));
        if (found == listed.end())
            model.refuse(
                node,
                "flow-not-listed",
                named(node) + " must list the sequence flow " + named(*flow) + " as " + std::string(list) +
                    ", as the other flow nodes of this file do."
            );
        else
            listed.erase(found);
    }
    for (const auto& surplus : listed)
        model.refuse(
            node,
            "flow-not-listed",
            named(node) + " lists «" + surplus + "» as " + std::string(list) +
                ", but no such sequence flow meets it there."
        );
}

}  // namespace

void check_sequence_flows(const ModelView& model)
{
    // Table 8.44 (FlowNode): incoming and outgoing say the same as the flows. Files that leave them out
    // altogether are common and clear.
    const auto& all = model.elements();
    const bool are_listed = std::any_of(all.begin(), all.end(), [](const xml::Element* element) {
        return is_flow_node(element->name) && lists_flows(*element);
    });
    for (const auto* element : all) {
        if (is_flow_node(element->name)) {
            check_default(model, *element);
            if (are_listed) {
                check_list(model, *element, "incoming", model.incoming(*element));
                check_list(model, *element, "outgoing", model.outgoing(*element));
            }
        }
        if (element->name != "sequenceFlow")
            continue;
        check_scope(model, *element);
        check_condition(model, *element);
        // Table 8.60 forbids it in executable processes; modellers write it everywhere, and it asks nothing
        // of an engine.
        if (element->attribute_or("isImmediate") == "false" && model.is_executable(*element))
            model.warn(
                *element,
                "flow-not-immediate",
                "The sequence flow " + named(*element) +
                    " is not immediate; in an executable process nothing can happen on the way."
            );
    }
}

}  // namespace bpmn
