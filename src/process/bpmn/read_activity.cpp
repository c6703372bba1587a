#include "process/bpmn/process_reader.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <charconv>

namespace bpmn {

namespace {

Binding read_binding(const xml::Element& called)
{
    const auto binding = called.attribute_or("bindingType", "latest");
    if (binding == "deployment")
        return Binding::deployment;
    return binding == "versionTag" ? Binding::version_tag : Binding::latest;
}

}  // namespace

void ProcessReader::read_activity(const xml::Element& element, Node& node)
{
    node.start_quantity = read_quantity(element, "startQuantity");
    node.completion_quantity = read_quantity(element, "completionQuantity");
    node.is_for_compensation = element.attribute_or("isForCompensation") == "true";
    read_loop(element, node);
    read_data_associations(element, node);
    if (node.symbol == Symbol::sub_process)
        read_sub_process(element, node);
    else if (node.symbol == Symbol::call_activity)
        read_call(element, node);
    else
        read_task(element, node);
}

int ProcessReader::read_quantity(const xml::Element& element, std::string_view attribute)
{
    const auto text = element.attribute_or(attribute, "1");
    int quantity = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), quantity);
    if (error != std::errc{} || end != text.data() + text.size() || quantity < 1) {
        findings_.error(
            element, "quantity", std::string(attribute) + " must be a whole number of at least 1."
        );
        return 1;
    }
    return quantity;
}

void ProcessReader::read_task(const xml::Element& element, Node& node)
{
    switch (node.symbol) {
    case Symbol::service_task:
        node.job = read_job(element);
        if (!node.job)
            findings_.error(element, "job-type", "A service task needs a job type (zeebe:taskDefinition).");
        return;
    case Symbol::user_task: read_user_task(element, node); return;
    case Symbol::receive_task:
        node.is_instantiating = element.attribute_or("instantiate") == "true";
        read_message_of_task(element, node);
        return;
    case Symbol::send_task: read_message_of_task(element, node); return;
    case Symbol::business_rule_task: read_decision(element, node); return;
    case Symbol::script_task:
        if (const auto* script = find_extension(element, "script")) {
            node.script = read_formula(*script, script->attribute_or("expression"));
            node.result_variable = script->attribute_or("resultVariable");
        }
        if (!node.script.expression)
            findings_.error(
                element,
                "script-not-feel",
                "A script task needs a FEEL expression (zeebe:script) or a job type (zeebe:taskDefinition)."
            );
        return;
    default: return;
    }
}

void ProcessReader::read_message_of_task(const xml::Element& element, Node& node)
{
    EventDefinition event;
    event.trigger = Trigger::message;
    read_message(element, event, node);
    node.events.push_back(std::move(event));
}

void ProcessReader::read_decision(const xml::Element& element, Node& node)
{
    const auto* called = find_extension(element, "calledDecision");
    if (!called) {
        findings_.error(
            element,
            "called-decision",
            "A business rule task needs a decision (zeebe:calledDecision) or a job type (zeebe:taskDefinition)."
        );
        return;
    }
    node.called.id = read_formula(*called, called->attribute_or("decisionId"));
    node.called.binding = read_binding(*called);
    node.called.version_tag = called->attribute_or("versionTag");
    node.result_variable = called->attribute_or("resultVariable");
}

void ProcessReader::read_call(const xml::Element& element, Node& node)
{
    const auto* called = find_extension(element, "calledElement");
    if (called) {
        node.called.id = read_formula(*called, called->attribute_or("processId"));
        node.called.binding = read_binding(*called);
        node.called.version_tag = called->attribute_or("versionTag");
        node.called.returns_all_variables = called->attribute_or("propagateAllChildVariables") != "false";
        node.called.passes_all_variables = called->attribute_or("propagateAllParentVariables") != "false";
    } else {
        node.called.id = read_formula(element, local_reference(element.attribute_or("calledElement")));
    }
    if (node.called.id.empty())
        findings_.error(element, "called-element", "A call activity must name the process it calls.");
}

void ProcessReader::read_sub_process(const xml::Element& element, Node& node)
{
    if (element.attribute_or("triggeredByEvent") == "true")
        node.form = ScopeForm::event_sub_process;
    if (element.name == "transaction")
        node.form = ScopeForm::transaction;
    if (element.name != "adHocSubProcess")
        return;
    node.form = element.attribute_or("ordering") == "Sequential" ? ScopeForm::ad_hoc_sequential
                                                                 : ScopeForm::ad_hoc_parallel;
    node.ad_hoc.cancels_remaining = element.attribute_or("cancelRemainingInstances") != "false";
    if (const auto* condition = element.find(model_namespace, "completionCondition"))
        node.ad_hoc.completion_condition =
            read_condition(element, condition->text(), "The completion condition");
    if (const auto* extension = find_extension(element, "adHoc"))
        node.ad_hoc.active_elements =
            read_formula(*extension, extension->attribute_or("activeElementsCollection"));
}

void ProcessReader::read_user_task(const xml::Element& element, Node& node)
{
    TaskDefinition& task = node.task;
    if (const auto* assignment = find_extension(element, "assignmentDefinition")) {
        task.assignee = read_formula(*assignment, assignment->attribute_or("assignee"));
        task.candidate_groups = read_formula(*assignment, assignment->attribute_or("candidateGroups"));
        task.candidate_users = read_formula(*assignment, assignment->attribute_or("candidateUsers"));
    }
    if (const auto* schedule = find_extension(element, "taskSchedule")) {
        task.due_date = read_formula(*schedule, schedule->attribute_or("dueDate"));
        task.follow_up_date = read_formula(*schedule, schedule->attribute_or("followUpDate"));
    }
    if (const auto* priority = find_extension(element, "priorityDefinition"))
        task.priority = read_formula(*priority, priority->attribute_or("priority"));
    if (const auto* form = find_extension(element, "formDefinition"))
        for (const auto* attribute : {"formId", "externalReference", "formKey"})
            if (task.form.empty())
                task.form = read_formula(*form, form->attribute_or(attribute));
    read_task_listeners(element, node);
}

}  // namespace bpmn
