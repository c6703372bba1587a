#include "base/text.hpp"
#include "process/bpmn/rules/groups.hpp"
#include "process/bpmn/vocabulary.hpp"
#include "process/feel/number.hpp"

#include <charconv>

namespace bpmn {

namespace {

bool is_whole_number_from(std::string_view text, int least)
{
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() && number >= least;
}

// As a number or as FEEL ("=-1"); what must be evaluated is not known before.
bool is_number_below_zero(std::string_view text)
{
    if (text.starts_with('='))
        text.remove_prefix(1);
    const auto number = feel::Number::parse(base::trim(text));
    return number && number->is_negative();
}

// Table 10.3: quantities are whole numbers from 1.
void check_quantities(const ModelView& model, const xml::Element& activity)
{
    for (const auto* attribute : {"startQuantity", "completionQuantity"})
        if (!is_whole_number_from(activity.attribute_or(attribute, "1"), 1))
            model.refuse(
                activity,
                "quantity",
                "The " + std::string(attribute) + " of " + named(activity) +
                    " must be a whole number of at least 1."
            );
}

// 10.3.7: a loop or several instances, not both. Tables 10.27 and 10.28 say which parts each needs.
void check_loops(const ModelView& model, const xml::Element& activity)
{
    const auto* standard = activity.find(model_namespace, "standardLoopCharacteristics");
    const auto* multiple = activity.find(model_namespace, "multiInstanceLoopCharacteristics");
    if (standard && multiple)
        model.refuse(
            activity,
            "loop-and-multi-instance",
            named(activity) + " must either loop or have several instances, not both."
        );
    if (standard) {
        const auto* maximum = standard->find_attribute("loopMaximum");
        if (maximum && !maximum->starts_with('=') && !is_whole_number_from(*maximum, 0))
            model.refuse(
                *standard, "loop-maximum", "The loopMaximum of " + named(activity) + " must not be negative."
            );
    }
    if (!multiple)
        return;
    if (is_number_below_zero(child_text(*multiple, "loopCardinality")))
        model.refuse(
            *multiple,
            "loop-cardinality",
            "The number of instances of " + named(activity) + " must not be negative."
        );
    const auto behavior = multiple->attribute_or("behavior", "All");
    const bool needs_event = behavior == "None" || behavior == "One";
    const auto* attribute = behavior == "None" ? "noneBehaviorEventRef" : "oneBehaviorEventRef";
    if (needs_event && multiple->attribute_or(attribute).empty())
        model.refuse(
            *multiple,
            "loop-behavior",
            named(activity) + " has the behaviour " + std::string(behavior) + ", so it needs a " + attribute +
                "."
        );
    if (behavior == "Complex" && !has_model_child(*multiple, "complexBehaviorDefinition"))
        model.refuse(
            *multiple,
            "loop-behavior",
            named(activity) + " has the behaviour Complex, so it needs a complexBehaviorDefinition."
        );
}

// Table 10.5 (ResourceRole): a resource, with parameters, or an expression that finds somebody.
void check_role(const ModelView& model, const xml::Element& role)
{
    const bool has_resource = has_model_child(role, "resourceRef");
    if (has_resource && has_model_child(role, "resourceAssignmentExpression"))
        model.refuse(
            role,
            "resource-role",
            named(role) + " must either name a resource or have an assignment expression, not both."
        );
    if (!has_resource && has_model_child(role, "resourceParameterBinding"))
        model.refuse(
            role, "resource-role", named(role) + " binds parameters, so it must name their resource."
        );
}

bool is_role(std::string_view name)
{
    return name == "performer" || name == "humanPerformer" || name == "potentialOwner" ||
           name == "resourceRole";
}

// Table 10.20: a script says its language.
void check_script(const ModelView& model, const xml::Element& task)
{
    if (has_model_child(task, "script") && task.attribute_or("scriptFormat").empty())
        model.refuse(task, "script-format", named(task) + " has a script, so it needs a scriptFormat.");
}

// 10.3.6 and 10.5.2: what a call activity calls begins with a start event without trigger.
void check_called(const ModelView& model, const xml::Element& call)
{
    const auto* extension = find_extension(call, "calledElement");
    const auto reference =
        extension ? extension->attribute_or("processId") : call.attribute_or("calledElement");
    const auto* called = model.find(reference, "process");
    if (!called)
        return;
    const auto starts = called->elements(model_namespace, "startEvent");
    for (const auto* start : starts)
        if (model.triggers(*start).empty())
            return;
    if (!starts.empty())
        model.refuse(
            call,
            "called-start",
            named(call) + " calls " + named(*called) + ", which has no start event without trigger."
        );
}

}  // namespace

void check_activities(const ModelView& model)
{
    for (const auto* element : model.elements()) {
        if (is_role(element->name))
            check_role(model, *element);
        if (!is_activity(element->name))
            continue;
        check_quantities(model, *element);
        check_loops(model, *element);
        if (element->name == "scriptTask")
            check_script(model, *element);
        if (element->name == "callActivity")
            check_called(model, *element);
    }
}

}  // namespace bpmn
