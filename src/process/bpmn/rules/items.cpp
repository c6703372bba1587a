#include "process/bpmn/rules/items.hpp"

namespace bpmn {

const xml::Element* item_of(const ModelView& model, const xml::Element& element)
{
    for (const auto* attribute : {"itemSubjectRef", "itemRef", "structureRef"})
        if (const auto* reference = element.find_attribute(attribute))
            return model.find(*reference, "itemDefinition");
    for (const auto* attribute : {"dataObjectRef", "dataStoreRef"})
        if (const auto* reference = element.find_attribute(attribute))
            if (const auto* object = model.find(*reference); object && object != &element)
                if (const auto* item = object->find_attribute("itemSubjectRef"))
                    return model.find(*item, "itemDefinition");
    return nullptr;
}

bool are_equivalent(const xml::Element* left, const xml::Element* right)
{
    if (!left || !right)
        return left == right;
    if (left == right)
        return true;
    const auto structure = left->attribute_or("structureRef");
    return !structure.empty() && structure == right->attribute_or("structureRef") &&
           is_collection(*left) == is_collection(*right);
}

bool is_collection(const xml::Element& element)
{
    return element.attribute_or("isCollection") == "true";
}

}  // namespace bpmn
