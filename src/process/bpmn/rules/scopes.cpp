#include "process/bpmn/rules/groups.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <algorithm>

namespace bpmn {

namespace {

Elements children(const xml::Element& scope, std::string_view name)
{
    return scope.elements(model_namespace, name);
}

bool holds_activity(const xml::Element& scope)
{
    const auto inside = scope.elements();
    return std::any_of(inside.begin(), inside.end(), [](const xml::Element* child) {
        return child->namespace_uri == model_namespace && is_activity(child->name);
    });
}

// 10.3.5: an event sub-process has exactly one start event.
void check_event_sub_process(const ModelView& model, const xml::Element& scope)
{
    const auto starts = children(scope, "startEvent").size();
    if (starts != 1)
        model.refuse(
            scope,
            "event-sub-process-start",
            named(scope) + " is an event sub-process and needs exactly one start event; it has " +
                std::to_string(starts) + "."
        );
}

// 10.3.5 (Ad-Hoc Sub-Process): activities without beginning or end, at least one.
void check_ad_hoc(const ModelView& model, const xml::Element& scope)
{
    for (const auto* forbidden : {"startEvent", "endEvent"})
        for (const auto* child : children(scope, forbidden))
            model.refuse(
                *child,
                "ad-hoc-content",
                "The ad hoc sub-process " + named(scope) + " cannot have " + named(*child) +
                    "; its activities start and end as they come."
            );
    if (!holds_activity(scope))
        model.refuse(
            scope, "ad-hoc-content", "The ad hoc sub-process " + named(scope) + " needs an activity."
        );
}

// Figures 10.24 and 11.29: choreographies are models of their own.
void check_choreography(const ModelView& model, const xml::Element& element)
{
    const auto* scope = model.scope(element);
    if (scope && (scope->name == "process" || is_sub_process(scope->name)))
        model.refuse(
            element,
            "choreography",
            named(element) + " belongs to a choreography and cannot be part of a process."
        );
}

// 10.2.1 (Process types): a public process shows what others see; nothing can execute it.
void check_process(const ModelView& model, const xml::Element& process)
{
    if (process.attribute_or("processType") == "Public" && process.attribute_or("isExecutable") == "true")
        model.refuse(
            process, "process-type", named(process) + " is a public process and cannot be executable."
        );
}

}  // namespace

void check_scopes(const ModelView& model)
{
    for (const auto* element : model.elements()) {
        if (element->name == "process")
            check_process(model, *element);
        if (is_event_sub_process(*element))
            check_event_sub_process(model, *element);
        if (element->name == "adHocSubProcess")
            check_ad_hoc(model, *element);
        if (is_choreography_activity(element->name))
            check_choreography(model, *element);
    }
}

}  // namespace bpmn
