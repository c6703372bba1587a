#include "base/text.hpp"
#include "process/bpmn/process_reader.hpp"
#include "process/bpmn/vocabulary.hpp"

namespace bpmn {

void ProcessReader::read_loop(const xml::Element& element, Node& node)
{
    const auto* standard = element.find(model_namespace, "standardLoopCharacteristics");
    const auto* multiple = element.find(model_namespace, "multiInstanceLoopCharacteristics");
    if (standard)
        read_standard_loop(*standard, node.loop.emplace());
    else if (multiple)
        read_multi_instance(*multiple, node.loop.emplace(), node);
}

void ProcessReader::read_standard_loop(const xml::Element& loop, Loop& result)
{
    result.kind = LoopKind::standard;
    result.tests_before = loop.attribute_or("testBefore") == "true";
    result.maximum = read_formula(loop, loop.attribute_or("loopMaximum"));
    if (const auto* condition = loop.find(model_namespace, "loopCondition"))
        result.condition = read_condition(loop, condition->text(), "The loop condition");
    if (!result.condition && result.maximum.empty())
        findings_.error(loop, "endless-loop", "A loop needs a condition or a maximum, or it never ends.");
}

void ProcessReader::read_multi_instance(const xml::Element& loop, Loop& result, const Node& node)
{
    result.kind = loop.attribute_or("isSequential") == "true" ? LoopKind::sequential : LoopKind::parallel;
    result.cardinality = read_formula(loop, child_text(loop, "loopCardinality"));
    if (const auto* extension = find_extension(loop, "loopCharacteristics")) {
        result.collection = read_formula(*extension, extension->attribute_or("inputCollection"));
        result.input_element = extension->attribute_or("inputElement");
        result.output_collection = extension->attribute_or("outputCollection");
        result.output_element = read_formula(*extension, extension->attribute_or("outputElement"));
    }
    if (const auto reference = child_text(loop, "loopDataInputRef"); !reference.empty())
        result.collection = Formula{.text = variable_of(reference), .expression = {}};
    if (const auto* item = loop.find(model_namespace, "inputDataItem"))
        result.input_element = item->attribute_or("name", id_of(*item));
    if (const auto reference = child_text(loop, "loopDataOutputRef"); !reference.empty())
        result.output_collection = variable_of(reference);
    if (const auto* item = loop.find(model_namespace, "outputDataItem"))
        result.output_element =
            read_formula(*item, "=" + std::string(item->attribute_or("name", id_of(*item))));
    if (const auto* condition = loop.find(model_namespace, "completionCondition"))
        result.completion_condition = read_condition(loop, condition->text(), "The completion condition");
    if (result.cardinality.empty() && result.collection.empty())
        findings_.error(loop, "loop-cardinality", "A multi-instance needs a number or a collection.");

    const auto behavior = loop.attribute_or("behavior", "All");
    const auto event_attribute = behavior == "None" ? "noneBehaviorEventRef" : "oneBehaviorEventRef";
    if (behavior == "None" || behavior == "One") {
        result.behavior = behavior == "None" ? LoopBehavior::each : LoopBehavior::one;
        if (const auto* event = globals_.find(loop.attribute_or(event_attribute)))
            result.behavior_event = read_event_definition(*event, node);
    }
    if (behavior == "Complex")
        result.behavior = LoopBehavior::complex;
    for (const auto* complex : loop.elements(model_namespace, "complexBehaviorDefinition")) {
        auto condition = read_condition(loop, child_text(*complex, "condition"), "The behaviour's condition");
        EventDefinition thrown;
        if (const auto* event = complex->find(model_namespace, "event"))
            for (const auto* definition : event->elements())
                if (is_event_definition(definition->name))
                    thrown = read_event_definition(*definition, node);
        if (condition)
            result.complex_behaviors.push_back({std::move(*condition), std::move(thrown)});
    }
}

}  // namespace bpmn
