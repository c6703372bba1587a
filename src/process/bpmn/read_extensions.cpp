#include "base/text.hpp"
#include "process/bpmn/process_reader.hpp"
#include "process/bpmn/vocabulary.hpp"
#include "process/feel/temporal.hpp"

#include <algorithm>
#include <array>

namespace bpmn {

namespace {

constexpr std::array known_extensions{
    std::string_view("taskDefinition"), std::string_view("ioMapping"),
    std::string_view("taskHeaders"),    std::string_view("assignmentDefinition"),
    std::string_view("taskSchedule"),   std::string_view("priorityDefinition"),
    std::string_view("formDefinition"), std::string_view("userTaskForm"),
    std::string_view("calledElement"),  std::string_view("calledDecision"),
    std::string_view("script"),         std::string_view("loopCharacteristics"),
    std::string_view("subscription"),   std::string_view("executionListeners"),
    std::string_view("taskListeners"),  std::string_view("userTask"),
    std::string_view("properties"),     std::string_view("versionTag"),
    std::string_view("adHoc"),          std::string_view("jobPriorityDefinition"),
};

}  // namespace

void ProcessReader::read_extensions(const xml::Element& element, Node& node)
{
    const auto* extensions = element.find(model_namespace, "extensionElements");
    if (!extensions)
        return;
    for (const auto* extension : extensions->elements()) {
        if (extension->namespace_uri != dialect_namespace)
            continue;
        if (std::find(known_extensions.begin(), known_extensions.end(), extension->name) ==
            known_extensions.end())
            findings_.error(
                element, "extension-unsupported", "zeebe:" + extension->name + " is not supported."
            );
        if (extension->name == "ioMapping")
            read_mappings(*extension, node);
    }
    read_listeners(element, node);
}

void ProcessReader::read_mappings(const xml::Element& extension, Node& node)
{
    for (const auto* mapping : extension.elements()) {
        const auto target = base::trim(mapping->attribute_or("target"));
        if (target.empty()) {
            findings_.error(*mapping, "mapping-target", "A mapping of «" + node.id + "» has no target.");
            continue;
        }
        auto& mappings = mapping->name == "output" ? node.outputs : node.inputs;
        mappings.push_back({
            .source = read_formula(*mapping, mapping->attribute_or("source")),
            .copied = {},
            .target = std::string(target),
        });
    }
}

void ProcessReader::read_listeners(const xml::Element& element, Node& node)
{
    const auto* listeners = find_extension(element, "executionListeners");
    if (!listeners)
        return;
    for (const auto* listener : listeners->elements()) {
        JobDefinition job;
        job.type = read_formula(*listener, listener->attribute_or("type"));
        job.retries = read_formula(*listener, listener->attribute_or("retries", "3"));
        if (listener->attribute_or("eventType") == "end")
            node.end_listeners.push_back(std::move(job));
        else
            node.start_listeners.push_back(std::move(job));
    }
}

void ProcessReader::read_task_listeners(const xml::Element& element, Node& node)
{
    const auto* listeners = find_extension(element, "taskListeners");
    if (!listeners)
        return;
    for (const auto* listener : listeners->elements()) {
        JobDefinition job;
        job.type = read_formula(*listener, listener->attribute_or("type"));
        job.retries = read_formula(*listener, listener->attribute_or("retries", "3"));
        const auto event = listener->attribute_or("eventType");
        if (event == "creating" || event == "create")
            node.task.creating.push_back(std::move(job));
        else if (event == "completing" || event == "complete")
            node.task.completing.push_back(std::move(job));
        else
            findings_.error(
                element, "task-listener", "Task listeners for «" + std::string(event) + "» are not supported."
            );
    }
}

Formula ProcessReader::read_job_priority(const xml::Element& element)
{
    const auto* priority = find_extension(element, "jobPriorityDefinition");
    return priority ? read_formula(*priority, priority->attribute_or("priority")) : Formula();
}

// A property that other modellers have as an attribute of the process. ISO 8601; a year counts 366 days and a
// month 31, so that nothing goes too early.
void ProcessReader::read_time_to_live()
{
    const auto* properties = find_extension(process_, "properties");
    if (!properties)
        return;
    for (const auto* property : properties->elements()) {
        if (property->attribute_or("name") != "historyTimeToLive")
            continue;
        const auto text = base::trim(property->attribute_or("value"));
        const auto days = feel::parse_days_duration(text);
        const auto months = feel::parse_months_duration(text);
        if (days && !days->is_negative())
            definition_.time_to_live = std::chrono::seconds(days->seconds);
        else if (months && months->months >= 0)
            definition_.time_to_live =
                std::chrono::days(months->months / 12 * 366 + months->months % 12 * 31);
        else
            findings_.error(
                *property,
                "time-to-live",
                "historyTimeToLive must be a duration such as «P90D», not «" + std::string(text) + "»."
            );
    }
}

std::optional<JobDefinition> ProcessReader::read_job(const xml::Element& element)
{
    const auto* task = find_extension(element, "taskDefinition");
    if (!task)
        return std::nullopt;
    JobDefinition job;
    job.type = read_formula(*task, task->attribute_or("type"));
    job.retries = read_formula(*task, task->attribute_or("retries", "3"));
    job.priority = read_job_priority(element);
    if (job.type.empty())
        findings_.error(element, "job-type", "The job type is empty.");
    if (const auto* headers = find_extension(element, "taskHeaders"))
        for (const auto* header : headers->elements())
            job.headers.emplace(header->attribute_or("key"), header->attribute_or("value"));
    return job;
}

// The variable behind a data object, a reference to one, a property, an input or an output.
std::string ProcessReader::variable_of(std::string_view data_reference) const
{
    const auto* found = globals_.find(data_reference);
    if (found && found->name == "dataObjectReference")
        if (const auto* object = globals_.find(found->attribute_or("dataObjectRef")))
            found = object;
    if (!found)
        return std::string(data_reference);
    return std::string(found->attribute_or("name", id_of(*found)));
}

// Data associations copy between data objects, which are variables of the scope, and the inputs and outputs
// of the element, which are its own variables (BPMN 2.0.2 section 10.4.2).
void ProcessReader::read_data_associations(const xml::Element& element, Node& node)
{
    for (const auto* child : element.elements()) {
        const bool is_input = is_model(*child, "dataInputAssociation");
        if (!is_input && !is_model(*child, "dataOutputAssociation"))
            continue;
        auto& mappings = is_input ? node.inputs : node.outputs;
        for (const auto* assignment : child->elements(model_namespace, "assignment"))
            mappings.push_back({
                .source = read_formula(*child, child_text(*assignment, "from")),
                .copied = {},
                .target = variable_of(local_reference(child_text(*assignment, "to"))),
                .is_association = true,
            });
        if (child->find(model_namespace, "assignment"))
            continue;
        Mapping mapping{
            .source = {},
            .copied = {},
            .target = variable_of(child_text(*child, "targetRef")),
            .is_association = true,
        };
        if (const auto transformation = child_text(*child, "transformation"); !transformation.empty())
            mapping.source = read_formula(*child, transformation);
        else
            mapping.copied = variable_of(child_text(*child, "sourceRef"));
        if (!mapping.copied.empty() || !mapping.source.empty())
            mappings.push_back(std::move(mapping));
    }
}

}  // namespace bpmn
