#include "process/bpmn/rules/groups.hpp"
#include "process/bpmn/rules/items.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <algorithm>
#include <array>

namespace bpmn {

namespace {

struct Side {
    std::string_view data;
    std::string_view set;
    std::string_view references;
    std::string_view optional;
    std::string_view while_executing;
    std::string_view partners;  // of a set, on the other side
    std::string_view partner_set;
    std::string_view partner_partners;
};

constexpr std::array sides{
    Side{
        "dataInput",
        "inputSet",
        "dataInputRefs",
        "optionalInputRefs",
        "whileExecutingInputRefs",
        "outputSetRefs",
        "outputSet",
        "inputSetRefs"},
    Side{
        "dataOutput",
        "outputSet",
        "dataOutputRefs",
        "optionalOutputRefs",
        "whileExecutingOutputRefs",
        "inputSetRefs",
        "inputSet",
        "outputSetRefs"},
};

bool lists(const std::vector<std::string>& texts, std::string_view id)
{
    return std::find(texts.begin(), texts.end(), id) != texts.end();
}

// Tables 10.56 and 10.57: each input or output belongs to a set at least.
void check_membership(const ModelView& model, const xml::Element& owner, const Side& side)
{
    const auto sets = owner.elements(model_namespace, side.set);
    for (const auto* data : owner.elements(model_namespace, side.data)) {
        const bool is_listed = std::any_of(sets.begin(), sets.end(), [&](const xml::Element* set) {
            return lists(child_texts(*set, side.references), id_of(*data));
        });
        if (!is_listed)
            model.refuse(
                *data,
                "data-set",
                named(*data) + " must be listed as " + std::string(side.references) + " in at least one " +
                    std::string(side.set) + "."
            );
    }
}

// Tables 10.58 and 10.59: what is optional or comes later belongs to the same set.
void check_subset(const ModelView& model, const xml::Element& set, const Side& side)
{
    const auto all = child_texts(set, side.references);
    for (const auto field : {side.optional, side.while_executing})
        for (const auto& reference : child_texts(set, field))
            if (!lists(all, reference))
                model.refuse(
                    set,
                    "data-subset",
                    "«" + reference + "» is listed as " + std::string(field) + " of " + named(set) +
                        ", so it must also be one of its " + std::string(side.references) + "."
                );
}

// 10.4.2: sets that name each other as rules of input and output do so on both sides.
void check_partners(const ModelView& model, const xml::Element& set, const Side& side)
{
    for (const auto& reference : child_texts(set, side.partners)) {
        const auto* partner = model.find(reference, side.partner_set);
        if (partner && !lists(child_texts(*partner, side.partner_partners), id_of(set)))
            model.refuse(
                set,
                "data-set-partner",
                named(set) + " names " + named(*partner) + ", which must name it in return."
            );
    }
}

// 10.4.2: an embedded sub-process sees the data around it and has no inputs or outputs of its own, unless it
// has several instances.
void check_place(const ModelView& model, const xml::Element& specification)
{
    const auto* owner = model.parent(specification);
    if (owner && is_sub_process(owner->name) && !has_model_child(*owner, "multiInstanceLoopCharacteristics"))
        model.refuse(
            *owner,
            "data-sub-process",
            named(*owner) + " is an embedded sub-process and cannot have an ioSpecification."
        );
}

// 8.4.10 and Table 10.51: the item definition says whether it is one thing or many.
void check_collection(const ModelView& model, const xml::Element& data)
{
    const auto* item = model.find(data.attribute_or("itemSubjectRef"), "itemDefinition");
    if (item && is_collection(*item) != is_collection(data))
        model.refuse(
            data,
            "data-collection",
            named(data) + " and its item definition " + named(*item) +
                " must agree whether they are a collection."
        );
}

// Table 10.54: "Order [paid]".
void check_state_name(const ModelView& model, const xml::Element& reference)
{
    const auto* object = model.find(reference.attribute_or("dataObjectRef"));
    const auto* state = reference.find(model_namespace, "dataState");
    const auto name = reference.attribute_or("name");
    if (!object || !state || name.empty() || state->attribute_or("name").empty())
        return;
    const auto expected =
        std::string(object->attribute_or("name")) + " [" + std::string(state->attribute_or("name")) + "]";
    if (name != expected)
        model.refuse(
            reference,
            "data-state-name",
            named(reference) + " shows an object in a state, so its name must be «" + expected + "»."
        );
}

bool is_owner(const xml::Element& element)
{
    return element.name == "ioSpecification" || is_event(element.name);
}

}  // namespace

void check_data_sets(const ModelView& model)
{
    for (const auto* element : model.elements()) {
        if (is_owner(*element))
            for (const Side& side : sides) {
                check_membership(model, *element, side);
                for (const auto* set : element->elements(model_namespace, side.set)) {
                    check_subset(model, *set, side);
                    check_partners(model, *set, side);
                }
            }
        if (element->name == "ioSpecification")
            check_place(model, *element);
        if (element->name == "dataInput" || element->name == "dataOutput" || element->name == "dataObject")
            check_collection(model, *element);
        if (element->name == "dataObjectReference")
            check_state_name(model, *element);
    }
}

}  // namespace bpmn
