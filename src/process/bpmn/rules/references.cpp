#include "base/text.hpp"
#include "process/bpmn/rules/groups.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <array>

namespace bpmn {

namespace {

// What a reference of `owner` (empty: of any element), kept in the attribute or child element `field`, may
// point at: names of elements, or "activity", "flow node", "interaction", "data", "event definition",
// "anything".
struct Reference {
    std::string_view owner;
    std::string_view field;
    std::string_view target;
};

constexpr std::array references{
    Reference{"sequenceFlow", "sourceRef", "flow node"},
    Reference{"sequenceFlow", "targetRef", "flow node"},
    Reference{"messageFlow", "sourceRef", "interaction"},
    Reference{"messageFlow", "targetRef", "interaction"},
    Reference{"association", "sourceRef", "anything"},
    Reference{"association", "targetRef", "anything"},
    Reference{"dataInputAssociation", "sourceRef", "data"},
    Reference{"dataInputAssociation", "targetRef", "data"},
    Reference{"dataOutputAssociation", "sourceRef", "data"},
    Reference{"dataOutputAssociation", "targetRef", "data"},
    Reference{"conversationLink", "sourceRef", "interaction"},
    Reference{"conversationLink", "targetRef", "interaction"},
    Reference{"boundaryEvent", "attachedToRef", "activity"},
    Reference{"compensateEventDefinition", "activityRef", "activity"},
    Reference{"", "default", "sequenceFlow"},
    Reference{"", "incoming", "sequenceFlow"},
    Reference{"", "outgoing", "sequenceFlow"},
    Reference{"", "eventDefinitionRef", "event definition"},
    Reference{"", "messageRef", "message"},
    Reference{"", "inMessageRef", "message"},
    Reference{"", "outMessageRef", "message"},
    Reference{"", "operationRef", "operation"},
    Reference{"", "signalRef", "signal"},
    Reference{"", "errorRef", "error"},
    Reference{"", "escalationRef", "escalation"},
    Reference{"linkEventDefinition", "source", "linkEventDefinition"},
    Reference{"linkEventDefinition", "target", "linkEventDefinition"},
    Reference{"message", "itemRef", "itemDefinition"},
    Reference{"", "itemSubjectRef", "itemDefinition"},
    Reference{"", "dataObjectRef", "dataObject"},
    Reference{"", "dataStoreRef", "dataStore"},
    Reference{"inputSet", "dataInputRefs", "dataInput"},
    Reference{"inputSet", "optionalInputRefs", "dataInput"},
    Reference{"inputSet", "whileExecutingInputRefs", "dataInput"},
    Reference{"inputSet", "outputSetRefs", "outputSet"},
    Reference{"outputSet", "dataOutputRefs", "dataOutput"},
    Reference{"outputSet", "optionalOutputRefs", "dataOutput"},
    Reference{"outputSet", "whileExecutingOutputRefs", "dataOutput"},
    Reference{"outputSet", "inputSetRefs", "inputSet"},
    Reference{"", "loopDataInputRef", "data"},
    Reference{"", "loopDataOutputRef", "data"},
    Reference{"", "noneBehaviorEventRef", "event definition"},
    Reference{"", "oneBehaviorEventRef", "event definition"},
    Reference{"participant", "processRef", "process"},
    Reference{"participant", "interfaceRef", "interface"},
    Reference{"", "supportedInterfaceRef", "interface"},
    Reference{"", "participantRef", "participant"},
    Reference{"", "initiatingParticipantRef", "participant"},
    Reference{"", "messageFlowRef", "messageFlow"},
    Reference{"", "choreographyRef", "choreography"},
    Reference{"", "calledCollaborationRef", "collaboration"},
    Reference{"process", "definitionalCollaborationRef", "collaboration"},
    Reference{"process", "supports", "process"},
    Reference{"correlationKey", "correlationPropertyRef", "correlationProperty"},
    Reference{"correlationPropertyBinding", "correlationPropertyRef", "correlationProperty"},
    Reference{"correlationSubscription", "correlationKeyRef", "correlationKey"},
    Reference{"", "resourceRef", "resource"},
    Reference{"", "parameterRef", "resourceParameter"},
    Reference{"", "categoryValueRef", "categoryValue"},
    Reference{"lane", "flowNodeRef", "flow node"},
};

bool is_data(std::string_view name)
{
    return name == "dataObject" || name == "dataObjectReference" || name == "dataStoreReference" ||
           name == "dataStore" || name == "dataInput" || name == "dataOutput" || name == "property" ||
           name == "inputDataItem" || name == "outputDataItem";
}

// 9.3: message flows and conversation links connect pools, activities, events and conversations.
bool is_interaction(std::string_view name)
{
    return name == "participant" || is_activity(name) || is_event(name) || name == "conversation" ||
           name == "subConversation" || name == "callConversation";
}

bool may_be(std::string_view target, std::string_view name)
{
    if (target == "anything")
        return true;
    if (target == "flow node")
        return is_flow_node(name) || is_choreography_activity(name);
    if (target == "activity")
        return is_activity(name);
    if (target == "interaction")
        return is_interaction(name);
    if (target == "data")
        return is_data(name);
    if (target == "event definition")
        return is_event_definition(name) && name != "eventDefinitionRef";
    if (target == "collaboration")
        return name == "collaboration" || name == "globalConversation" || name == "choreography";
    if (target == "choreography")
        return name == "choreography" || name == "globalChoreographyTask";
    return name == target;
}

// A name with a prefix may belong to an imported file (Table 8.2), which nobody has opened here.
bool may_be_imported(const ModelView& model, std::string_view reference)
{
    return base::trim(reference).find(':') != std::string_view::npos &&
           has_model_child(model.definitions(), "import");
}

void check_reference(
    const ModelView& model, const xml::Element& element, const Reference& rule, std::string_view text
)
{
    const auto* found = model.find(text);
    if (!found) {
        if (!may_be_imported(model, text))
            model.refuse(
                element,
                "reference-missing",
                named(element) + " refers to «" + std::string(base::trim(text)) + "» as its " +
                    std::string(rule.field) + ", but nothing has that id."
            );
        return;
    }
    if (!may_be(rule.target, found->name))
        model.refuse(
            element,
            "reference-kind",
            "The " + std::string(rule.field) + " of " + named(element) + " must be of the kind " +
                std::string(rule.target) + ", but " + named(*found) + " is not."
        );
}

}  // namespace

void check_references(const ModelView& model)
{
    for (const auto* element : model.elements()) {
        for (const Reference& rule : references) {
            if (!rule.owner.empty() && rule.owner != element->name)
                continue;
            if (const auto* attribute = element->find_attribute(rule.field))
                check_reference(model, *element, rule, *attribute);
            for (const auto* child : element->elements(model_namespace, rule.field))
                check_reference(model, *element, rule, child->text());
        }
        for (const auto* required : {"sourceRef", "targetRef"})
            if ((element->name == "sequenceFlow" || element->name == "messageFlow") &&
                element->attribute_or(required).empty())
                model.refuse(
                    *element, "reference-missing", named(*element) + " needs a " + std::string(required) + "."
                );
    }
}

}  // namespace bpmn
