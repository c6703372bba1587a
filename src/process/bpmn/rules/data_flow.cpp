#include "process/bpmn/rules/groups.hpp"
#include "process/bpmn/rules/items.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <algorithm>

namespace bpmn {

namespace {

// The activity, event or process that an input or output belongs to.
const xml::Element* owner_of(const ModelView& model, const xml::Element& data)
{
    const auto* parent = model.parent(data);
    return parent && parent->name == "ioSpecification" ? model.parent(*parent) : parent;
}

// 10.4.2: data flow into the inputs of the element that has the association, and out of its outputs. The
// inputs of a process only give, its outputs only take.
void check_direction(const ModelView& model, const xml::Element& association)
{
    const bool is_input = association.name == "dataInputAssociation";
    const auto* carrier = model.parent(association);
    const auto refuse = [&](const xml::Element& data, std::string_view may) {
        model.refuse(
            association,
            "data-direction",
            named(data) + " must not be the " + std::string(may) + " of a " + association.name + " of " +
                named(*carrier) + "."
        );
    };
    if (const auto* target = model.find(child_text(association, "targetRef"))) {
        const bool is_own = owner_of(model, *target) == carrier;
        if (target->name == "dataInput" && !(is_input && is_own))
            refuse(*target, "target");
        if (is_input && target->name != "dataInput" && target->name != "inputDataItem" &&
            target->name != "property")
            refuse(*target, "target");
    }
    for (const auto& reference : child_texts(association, "sourceRef")) {
        const auto* source = model.find(reference);
        if (!source)
            continue;
        const bool is_own = owner_of(model, *source) == carrier;
        if (source->name == "dataOutput" && !(!is_input && is_own))
            refuse(*source, "source");
        if (!is_input && source->name != "dataOutput" && source->name != "outputDataItem" &&
            source->name != "property")
            refuse(*source, "source");
    }
}

// 10.4.2 (DataAssociation): without transformation one source of the same structure; else a transformation.
void check_association(const ModelView& model, const xml::Element& association)
{
    if (has_model_child(association, "transformation"))
        return;
    const auto sources = child_texts(association, "sourceRef");
    if (sources.size() > 1)
        model.refuse(
            association,
            "data-transformation",
            named(association) + " has several sources, so it needs a transformation."
        );
    const auto* source = sources.size() == 1 ? model.find(sources.front()) : nullptr;
    const auto* target = model.find(child_text(association, "targetRef"));
    if (!source || !target || has_model_child(association, "assignment"))
        return;
    const auto* from = item_of(model, *source);
    const auto* to = item_of(model, *target);
    const auto* owner = model.parent(association);
    if (from && to && !are_equivalent(from, to) && !(owner && uses_dialect(*owner)))
        model.refuse(
            association,
            "data-structure",
            named(association) + " needs a transformation, because " + named(*source) + " and " +
                named(*target) + " have different item definitions."
        );
}

// What a trigger carries: of an event definition its message, signal, error or escalation.
const xml::Element* payload_of(const ModelView& model, const xml::Element& definition)
{
    for (const auto* attribute : {"messageRef", "signalRef", "errorRef", "escalationRef"})
        if (const auto* reference = definition.find_attribute(attribute))
            return model.find(*reference);
    return nullptr;
}

bool carries_data(const xml::Element& definition)
{
    return definition.name == "messageEventDefinition" || definition.name == "signalEventDefinition" ||
           definition.name == "errorEventDefinition" || definition.name == "escalationEventDefinition";
}

// 10.5.1 (Data modeling and events): one input or output for each trigger that carries data, in their order.
void check_event(const ModelView& model, const xml::Element& event)
{
    const bool throws = event.name == "endEvent" || event.name == "intermediateThrowEvent";
    const auto data = event.elements(model_namespace, throws ? "dataInput" : "dataOutput");
    auto triggers = model.triggers(event);
    std::erase_if(triggers, [](const xml::Element* trigger) { return !carries_data(*trigger); });
    if (data.empty() || triggers.empty())
        return;
    if (data.size() != triggers.size()) {
        model.refuse(
            event,
            "event-data",
            named(event) + " has " + std::to_string(triggers.size()) +
                " triggers that carry data, so it needs " + std::to_string(triggers.size()) +
                (throws ? " data inputs" : " data outputs") + ", not " + std::to_string(data.size()) + "."
        );
        return;
    }
    for (std::size_t index = 0; index < data.size(); ++index) {
        const auto* payload = payload_of(model, *triggers[index]);
        const auto* item = payload ? item_of(model, *payload) : nullptr;
        if (item && !are_equivalent(item, item_of(model, *data[index])))
            model.refuse(
                event,
                "event-data",
                named(*data[index]) + " must have the item definition of " + named(*payload) + "."
            );
    }
}

struct LoopSide {
    std::string_view collection;
    std::string_view item;
    std::string_view own;
};

// Table 10.28: a task takes its instances from one of its inputs and collects into one of its outputs; the
// item of one instance is the element of that collection.
void check_loop(const ModelView& model, const xml::Element& loop)
{
    const auto* activity = model.parent(loop);
    for (const LoopSide& side :
         {LoopSide{"loopDataInputRef", "inputDataItem", "dataInput"},
          LoopSide{"loopDataOutputRef", "outputDataItem", "dataOutput"}}) {
        const auto* collection = model.find(child_text(loop, side.collection));
        if (!collection || !activity)
            continue;
        if (!is_sub_process(activity->name) &&
            (collection->name != side.own || owner_of(model, *collection) != activity))
            model.refuse(
                loop,
                "loop-data",
                "The " + std::string(side.collection) + " of " + named(*activity) + " must be a " +
                    std::string(side.own) + " of its ioSpecification."
            );
        const auto* item = loop.find(model_namespace, side.item);
        const auto* one = item ? item_of(model, *item) : nullptr;
        const auto* many = item_of(model, *collection);
        if (one && many &&
            (is_collection(*one) || one->attribute_or("structureRef") != many->attribute_or("structureRef")))
            model.refuse(
                loop,
                "loop-data",
                "The " + std::string(side.item) + " of " + named(*activity) +
                    " must be one element of the collection " + named(*collection) + "."
            );
    }
}

}  // namespace

void check_data_flow(const ModelView& model)
{
    for (const auto* element : model.elements()) {
        if (element->name == "dataInputAssociation" || element->name == "dataOutputAssociation") {
            check_direction(model, *element);
            check_association(model, *element);
        }
        if (is_event(element->name))
            check_event(model, *element);
        if (element->name == "multiInstanceLoopCharacteristics")
            check_loop(model, *element);
    }
}

}  // namespace bpmn
