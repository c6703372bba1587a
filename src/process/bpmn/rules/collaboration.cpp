#include "process/bpmn/rules/groups.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <array>
#include <charconv>

namespace bpmn {

namespace {

// The pool that an end of a message flow is or lies in: a participant without process, or a process.
const xml::Element* pool_of(const ModelView& model, const xml::Element& end)
{
    if (end.name != "participant")
        return model.process(end);
    const auto* process = model.find(end.attribute_or("processRef"), "process");
    return process ? process : &end;
}

// 9.3: a message flow joins two pools.
void check_pools(
    const ModelView& model, const xml::Element& flow, const xml::Element& source, const xml::Element& target
)
{
    const auto* from = pool_of(model, source);
    if (from && from == pool_of(model, target))
        model.refuse(
            flow,
            "message-flow-pools",
            "The message flow " + named(flow) + " must join two different pools, but both its ends lie in " +
                named(*from) + "."
        );
}

// Which events send and which receive (10.5.2 to 10.5.4, 7.6.2).
struct Direction {
    std::string_view event;
    bool may_send;
    bool may_receive;
};

constexpr std::array directions{
    Direction{"startEvent", false, true},
    Direction{"endEvent", true, false},
    Direction{"intermediateThrowEvent", true, false},
    Direction{"intermediateCatchEvent", false, true},
    Direction{"boundaryEvent", false, true},
    Direction{"receiveTask", false, true},
    Direction{"sendTask", true, false},
};

void check_end(const ModelView& model, const xml::Element& flow, const xml::Element& node, bool sends)
{
    for (const auto& direction : directions) {
        if (direction.event != node.name)
            continue;
        if (sends ? direction.may_send : direction.may_receive) {
            if (is_event(node.name) && !model.has_trigger(node, "messageEventDefinition"))
                model.refuse(
                    flow,
                    "message-flow-event",
                    "The message flow " + named(flow) + " meets " + named(node) +
                        ", which has no message event definition."
                );
        } else {
            model.refuse(
                flow,
                "message-flow-direction",
                named(node) + " cannot " + (sends ? "send" : "receive") + " messages, so the message flow " +
                    named(flow) + " must not " + (sends ? "begin" : "end") + " there."
            );
        }
    }
}

// Table 9.6: how many instances of a participant take part.
void check_multiplicity(const ModelView& model, const xml::Element& multiplicity)
{
    const auto number = [&](std::string_view attribute, int otherwise) {
        const auto text = multiplicity.attribute_or(attribute);
        int value = otherwise;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    };
    const int minimum = number("minimum", 0);
    const int maximum = number("maximum", 1);
    if (minimum < 0 || maximum < 1 || maximum < minimum)
        model.refuse(
            multiplicity,
            "participant-multiplicity",
            "The multiplicity of a participant needs a minimum of 0 or more and a maximum of at least 1 and "
            "the minimum."
        );
}

// 9.5.4: a global conversation is participants, message flows and correlation keys.
void check_global_conversation(const ModelView& model, const xml::Element& conversation)
{
    constexpr std::array forbidden{
        std::string_view("conversation"),
        std::string_view("subConversation"),
        std::string_view("callConversation"),
        std::string_view("conversationLink"),
        std::string_view("conversationAssociation"),
        std::string_view("participantAssociation"),
        std::string_view("messageFlowAssociation"),
        std::string_view("choreographyRef"),
        std::string_view("group"),
        std::string_view("textAnnotation"),
        std::string_view("association"),
    };
    for (const auto name : forbidden)
        if (has_model_child(conversation, name))
            model.refuse(
                conversation,
                "global-conversation",
                named(conversation) + " is a global conversation and cannot have a <" + std::string(name) +
                    ">; it has participants, message flows and correlation keys."
            );
}

}  // namespace

void check_collaborations(const ModelView& model)
{
    for (const auto* element : model.elements()) {
        if (element->name == "participantMultiplicity")
            check_multiplicity(model, *element);
        if (element->name == "globalConversation")
            check_global_conversation(model, *element);
        if (element->name != "messageFlow")
            continue;
        const auto* source = model.find(element->attribute_or("sourceRef"));
        const auto* target = model.find(element->attribute_or("targetRef"));
        if (source)
            check_end(model, *element, *source, /*sends=*/true);
        if (target)
            check_end(model, *element, *target, /*sends=*/false);
        if (source && target)
            check_pools(model, *element, *source, *target);
    }
}

}  // namespace bpmn
