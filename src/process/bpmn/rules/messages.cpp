#include "process/bpmn/rules/groups.hpp"
#include "process/bpmn/rules/items.hpp"
#include "process/bpmn/vocabulary.hpp"

namespace bpmn {

namespace {

std::string operation_of(const xml::Element& carrier)
{
    return std::string(carrier.attribute_or("operationRef", child_text(carrier, "operationRef")));
}

// Table 10.99: an executable process says which message, and by which operation a structured one travels.
// In our dialect a subscription or a job stands for the operation.
void check_message_event(const ModelView& model, const xml::Element& event, const xml::Element& definition)
{
    const bool has_operation = !operation_of(definition).empty();
    const auto* message = model.find(definition.attribute_or("messageRef"), "message");
    if (has_operation && definition.attribute_or("messageRef").empty())
        model.refuse(
            definition,
            "message-reference",
            named(event) + " names an operation, so it must name its message."
        );
    const bool has_dialect = find_extension(event, "taskDefinition") != nullptr ||
                             (message && find_extension(*message, "subscription") != nullptr);
    if (message && message->find_attribute("itemRef") && !has_operation && !has_dialect)
        model.refuse(
            definition,
            "message-operation",
            named(event) + " has a message with a structure (itemRef), so it needs an operation, or a "
                           "zeebe:subscription at the message or a zeebe:taskDefinition at the event."
        );
}

struct Sets {
    Elements inputs;
    Elements outputs;
    std::size_t input_sets = 0;
    std::size_t output_sets = 0;
};

Sets sets_of(const xml::Element& specification)
{
    return {
        specification.elements(model_namespace, "dataInput"),
        specification.elements(model_namespace, "dataOutput"),
        specification.elements(model_namespace, "inputSet").size(),
        specification.elements(model_namespace, "outputSet").size(),
    };
}

void check_one_item(
    const ModelView& model,
    const xml::Element& task,
    const Elements& data,
    std::size_t sets,
    const xml::Element* message,
    std::string_view what
)
{
    if (sets > 1 || data.size() > 1)
        model.refuse(
            task,
            "message-data",
            named(task) + " exchanges one message, so it needs exactly one " + std::string(what) +
                " in one set."
        );
    if (!message || data.size() != 1)
        return;
    const auto item = item_of(model, *data.front());
    const auto expected = item_of(model, *message);
    if ((item || expected) && !are_equivalent(item, expected))
        model.refuse(
            task,
            "message-item",
            "The " + std::string(what) + " of " + named(task) +
                " must have the item definition of the message " + named(*message) + "."
        );
}

// 10.3.3: the data of service, send and receive tasks are those of their messages, where these carry them.
void check_task(const ModelView& model, const xml::Element& task)
{
    const auto* operation = model.find(operation_of(task), "operation");
    const auto* in = operation ? model.find(child_text(*operation, "inMessageRef"), "message") : nullptr;
    const auto* out = operation ? model.find(child_text(*operation, "outMessageRef"), "message") : nullptr;
    const auto* own = model.find(task.attribute_or("messageRef"), "message");
    const auto* specification = task.find(model_namespace, "ioSpecification");
    if (own && in && own != in && task.name == "sendTask")
        model.refuse(
            task,
            "message-operation",
            named(task) + " sends " + named(*own) + ", but its operation expects " + named(*in) + "."
        );
    if (!specification) {
        if (task.name == "serviceTask" && in && item_of(model, *in) && !uses_dialect(task))
            model.refuse(
                task,
                "message-data",
                named(task) +
                    " calls an operation, so it needs an ioSpecification with the data of its message."
            );
        return;
    }
    if (uses_dialect(task))
        return;
    const Sets sets = sets_of(*specification);
    if (task.name == "serviceTask" && operation) {
        check_one_item(model, task, sets.inputs, sets.input_sets, in, "data input");
        check_one_item(model, task, sets.outputs, sets.output_sets, out, "data output");
    }
    if (task.name == "sendTask")
        check_one_item(model, task, sets.inputs, sets.input_sets, own ? own : in, "data input");
    if (task.name == "receiveTask")
        check_one_item(model, task, sets.outputs, sets.output_sets, own ? own : in, "data output");
}

}  // namespace

void check_messages(const ModelView& model)
{
    for (const auto* element : model.elements()) {
        if (element->name == "serviceTask" || element->name == "sendTask" || element->name == "receiveTask")
            check_task(model, *element);
        if (!is_event(element->name))
            continue;
        for (const auto* definition : model.triggers(*element))
            if (definition->name == "messageEventDefinition")
                check_message_event(model, *element, *definition);
    }
}

}  // namespace bpmn
