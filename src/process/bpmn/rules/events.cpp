#include "process/bpmn/rules/groups.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <algorithm>
#include <array>

namespace bpmn {

namespace {

// Where an event stands decides what may trigger it (Tables 10.84, 10.86, 10.88, 10.89, 10.90, 10.93).
enum class Place {
    start,
    start_of_sub_process,
    start_of_event_sub_process,
    start_beside_event_sub_process,
    catching,
    throwing,
    boundary,
    boundary_beside,
    end,
};

struct Row {
    Place place;
    std::string_view words;
    bool may_be_plain;  // without any trigger
    std::string_view triggers;
};

// "beside": the activity goes on while the event is handled (isInterrupting or cancelActivity is false).
constexpr std::array rows{
    Row{Place::start, "the start event of a process", true, "message timer signal conditional"},
    Row{Place::start_of_sub_process, "the start event of a sub-process", true, ""},
    Row{Place::start_of_event_sub_process,
        "the start event of an event sub-process",
        false,
        "message timer signal conditional escalation error compensate"},
    Row{Place::start_beside_event_sub_process,
        "the start event of an event sub-process that does not interrupt",
        false,
        "message timer signal conditional escalation"},
    Row{Place::catching, "an intermediate catch event", false, "message timer signal conditional link"},
    Row{Place::throwing, "an intermediate throw event", true, "message signal escalation compensate link"},
    Row{Place::boundary,
        "a boundary event",
        false,
        "message timer signal conditional escalation error compensate cancel"},
    Row{Place::boundary_beside,
        "a boundary event that does not interrupt",
        false,
        "message timer signal conditional escalation"},
    Row{Place::end, "an end event", true, "message signal escalation error compensate cancel terminate"},
};

bool is_beside(const xml::Element& event)
{
    return event.attribute_or("cancelActivity") == "false" || event.attribute_or("isInterrupting") == "false";
}

Place place_of(const ModelView& model, const xml::Element& event)
{
    if (event.name == "endEvent")
        return Place::end;
    if (event.name == "intermediateCatchEvent")
        return Place::catching;
    if (event.name == "intermediateThrowEvent")
        return Place::throwing;
    if (event.name == "boundaryEvent")
        return is_beside(event) ? Place::boundary_beside : Place::boundary;
    const auto* scope = model.scope(event);
    if (!scope || !is_sub_process(scope->name))
        return Place::start;
    if (!is_event_sub_process(*scope))
        return Place::start_of_sub_process;
    return is_beside(event) ? Place::start_beside_event_sub_process : Place::start_of_event_sub_process;
}

bool lists(std::string_view words, std::string_view word)
{
    while (!words.empty()) {
        const auto end = std::min(words.find(' '), words.size());
        if (words.substr(0, end) == word)
            return true;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

void check_triggers(const ModelView& model, const xml::Element& event)
{
    const Place place = place_of(model, event);
    const auto& row =
        *std::find_if(rows.begin(), rows.end(), [&](const Row& each) { return each.place == place; });
    const auto triggers = model.triggers(event);
    if (triggers.empty() && !row.may_be_plain)
        model.refuse(
            event,
            "trigger-missing",
            named(event) + " is " + std::string(row.words) +
                ", so it needs one of: " + std::string(row.triggers) + "."
        );
    for (const auto* trigger : triggers) {
        const auto kind = trigger->name.substr(0, trigger->name.find("EventDefinition"));
        if (!lists(row.triggers, kind))
            model.refuse(
                event,
                "trigger-place",
                named(event) + " is " + std::string(row.words) + " and cannot have the trigger " + kind +
                    (row.triggers.empty() ? std::string("; it has none.")
                                          : "; possible are: " + std::string(row.triggers) + ".")
            );
    }
}

// 10.5.1 (EventDefinition): only definitions at the top of the file may be shared.
void check_shared(const ModelView& model, const xml::Element& event)
{
    for (const auto& reference : child_texts(event, "eventDefinitionRef")) {
        const auto* definition = model.find(reference);
        if (definition && model.parent(*definition) != &model.definitions())
            model.refuse(
                event,
                "trigger-shared",
                named(event) + " refers to the event definition «" + reference +
                    "», which belongs to another event; shared ones stand at the top of the file."
            );
    }
}

// 10.5.1 (Cancel): only a transaction can be cancelled.
void check_cancel(const ModelView& model, const xml::Element& event)
{
    if (!model.has_trigger(event, "cancelEventDefinition"))
        return;
    if (event.name == "boundaryEvent") {
        const auto* activity = model.find(event.attribute_or("attachedToRef"));
        if (activity && activity->name != "transaction")
            model.refuse(
                event,
                "cancel-place",
                named(event) + " waits for a cancellation, so it must be attached to a transaction."
            );
        return;
    }
    const auto* scope = model.scope(event);
    while (scope && scope->name != "transaction")
        scope = model.scope(*scope);
    if (event.name == "endEvent" && !scope)
        model.refuse(
            event, "cancel-place", named(event) + " cancels a transaction, but does not lie in one."
        );
}

void check_boundary(const ModelView& model, const xml::Element& event)
{
    const bool is_compensation = model.has_trigger(event, "compensateEventDefinition");
    if (event.attribute_or("attachedToRef").empty())
        model.refuse(
            event, "reference-missing", named(event) + " needs the activity that it is attached to."
        );
    const auto* activity = model.find(event.attribute_or("attachedToRef"));
    if (activity && model.scope(*activity) != model.scope(event))
        model.refuse(
            event,
            "boundary-scope",
            named(event) + " must lie beside " + named(*activity) + ", to which it is attached."
        );
    if (!is_compensation && model.outgoing(event).empty())
        model.refuse(
            event,
            "boundary-event-outgoing",
            named(event) + " leads nowhere; it needs an outgoing sequence flow."
        );
    if (is_compensation && !model.outgoing(event).empty())
        model.refuse(
            event,
            "compensation-flow",
            named(event) + " waits for compensation, so an association, not a sequence flow, leads from it "
                           "to the activity that compensates."
        );
}

// 10.7.1: the handler is one activity, marked as such, that an association joins with the boundary event.
void check_handler(const ModelView& model, const xml::Element& event)
{
    if (!model.has_trigger(event, "compensateEventDefinition"))
        return;
    Elements handlers;
    for (const auto* association : model.elements("association")) {
        const auto* source = model.find(association->attribute_or("sourceRef"));
        const auto* target = model.find(association->attribute_or("targetRef"));
        const auto* other = source == &event ? target : target == &event ? source : nullptr;
        if (other && is_activity(other->name))
            handlers.push_back(other);
    }
    if (handlers.size() != 1)
        model.refuse(
            event,
            "compensation-handler",
            named(event) + " needs an association with exactly one activity that compensates; it has " +
                std::to_string(handlers.size()) + "."
        );
    for (const auto* handler : handlers)
        if (!is_for_compensation(*handler))
            model.refuse(
                *handler,
                "compensation-handler",
                named(*handler) + " compensates another activity, so it must say isForCompensation."
            );
}

// Tables 10.97 and 10.98: what is thrown in an executable process has a code.
void check_thrown(const ModelView& model, const xml::Element& event)
{
    if (event.name != "endEvent" && event.name != "intermediateThrowEvent")
        return;
    for (const auto* trigger : model.triggers(event)) {
        const bool is_error = trigger->name == "errorEventDefinition";
        if (!is_error && trigger->name != "escalationEventDefinition")
            continue;
        const auto* thrown = model.find(trigger->attribute_or(is_error ? "errorRef" : "escalationRef"));
        if (!thrown || thrown->attribute_or(is_error ? "errorCode" : "escalationCode").empty())
            model.refuse(
                event,
                "thrown-code",
                named(event) + " must name the " + (is_error ? "error" : "escalation") +
                    " that it throws, and that must have a code."
            );
    }
}

}  // namespace

void check_events(const ModelView& model)
{
    for (const auto* element : model.elements()) {
        if (!is_event(element->name))
            continue;
        check_triggers(model, *element);
        check_shared(model, *element);
        check_cancel(model, *element);
        check_thrown(model, *element);
        if (element->name == "boundaryEvent") {
            check_boundary(model, *element);
            check_handler(model, *element);
        }
    }
}

}  // namespace bpmn
