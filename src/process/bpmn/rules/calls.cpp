#include "process/bpmn/rules/groups.hpp"
#include "process/bpmn/rules/items.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <algorithm>

namespace bpmn {

namespace {

Elements data_of(const xml::Element& owner, std::string_view name)
{
    const auto* specification = owner.find(model_namespace, "ioSpecification");
    return specification ? specification->elements(model_namespace, name) : Elements{};
}

// Each on one side has its own equivalent on the other.
bool match(const ModelView& model, const Elements& left, Elements right)
{
    if (left.size() != right.size())
        return false;
    for (const auto* data : left) {
        const auto partner = std::find_if(right.begin(), right.end(), [&](const xml::Element* other) {
            return are_equivalent(item_of(model, *data), item_of(model, *other));
        });
        if (partner == right.end())
            return false;
        right.erase(partner);
    }
    return true;
}

// 10.3.6: a call activity has the inputs and outputs of what it calls. The dialect's way to call passes
// variables by name and needs none.
void check_call(const ModelView& model, const xml::Element& call)
{
    const auto* called = model.find(call.attribute_or("calledElement"));
    if (!called || find_extension(call, "calledElement"))
        return;
    for (const auto* name : {"dataInput", "dataOutput"})
        if (!match(model, data_of(call, name), data_of(*called, name)))
            model.refuse(
                call,
                "called-data",
                named(call) + " must have the same " + std::string(name) + " elements as " + named(*called) +
                    ", which it calls."
            );
}

bool is_bound(const xml::Element& callable, const xml::Element& operation)
{
    const auto bindings = callable.elements(model_namespace, "ioBinding");
    return std::any_of(bindings.begin(), bindings.end(), [&](const xml::Element* binding) {
        return local_reference(binding->attribute_or("operationRef")) == id_of(operation);
    });
}

// 8.4.3 (CallableElement): every operation of a supported interface is bound to inputs and outputs.
void check_interfaces(const ModelView& model, const xml::Element& callable)
{
    for (const auto& reference : child_texts(callable, "supportedInterfaceRef")) {
        const auto* interface = model.find(reference, "interface");
        if (!interface)
            continue;
        for (const auto* operation : interface->elements(model_namespace, "operation"))
            if (!is_bound(callable, *operation))
                model.refuse(
                    callable,
                    "interface-binding",
                    named(callable) + " supports " + named(*interface) + ", so it needs an ioBinding for " +
                        named(*operation) + "."
                );
    }
}

// The data element that a binding names: an input or output, or the only one of a set.
const xml::Element* bound_data(const ModelView& model, std::string_view reference)
{
    const auto* found = model.find(reference);
    if (!found)
        return nullptr;
    for (const auto* references : {"dataInputRefs", "dataOutputRefs"})
        if (const auto in_set = child_texts(*found, references); in_set.size() == 1)
            return model.find(in_set.front());
    return found;
}

// Table 8.30: what is bound has the structure of the operation's messages.
void check_binding(const ModelView& model, const xml::Element& binding)
{
    const auto* operation = model.find(binding.attribute_or("operationRef"), "operation");
    if (!operation)
        return;
    struct Pair {
        std::string_view attribute;
        std::string_view message;
    };
    for (const Pair& pair : {Pair{"inputDataRef", "inMessageRef"}, Pair{"outputDataRef", "outMessageRef"}}) {
        const auto* data = bound_data(model, binding.attribute_or(pair.attribute));
        const auto* message = model.find(child_text(*operation, pair.message), "message");
        if (data && message && !are_equivalent(item_of(model, *data), item_of(model, *message)))
            model.refuse(
                binding,
                "interface-binding",
                named(*data) + " must have the item definition of " + named(*message) +
                    ", to which it is bound."
            );
    }
}

}  // namespace

void check_calls(const ModelView& model)
{
    for (const auto* element : model.elements()) {
        if (element->name == "callActivity")
            check_call(model, *element);
        if (element->name == "ioBinding")
            check_binding(model, *element);
        if (has_model_child(*element, "supportedInterfaceRef"))
            check_interfaces(model, *element);
    }
}

}  // namespace bpmn
