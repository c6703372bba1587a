#pragma once

#include "process/bpmn/rules/model_view.hpp"

namespace bpmn {

// The item definition of a data element, message, signal, error or escalation; nullptr when it has none.
// A reference to a data object has that of its object.
const xml::Element* item_of(const ModelView& model, const xml::Element& element);

// Whether two items have the same structure: one definition, or two with equal structureRef and collection.
bool are_equivalent(const xml::Element* left, const xml::Element* right);

bool is_collection(const xml::Element& element);

}  // namespace bpmn
