#include "process/bpmn/rules/groups.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <algorithm>

namespace bpmn {

namespace {

struct Link {
    const xml::Element* event;
    const xml::Element* definition;
};

std::vector<Link> links(const ModelView& model, std::string_view event_name)
{
    std::vector<Link> found;
    for (const auto* event : model.elements(event_name))
        for (const auto* trigger : model.triggers(*event))
            if (trigger->name == "linkEventDefinition")
                found.push_back({event, trigger});
    return found;
}

void check_flows(const ModelView& model, const Link& link)
{
    const bool is_catching = link.event->name == "intermediateCatchEvent";
    const auto& flows = is_catching ? model.incoming(*link.event) : model.outgoing(*link.event);
    if (!flows.empty())
        model.refuse(
            *link.event,
            "link-flow",
            named(*link.event) + " is one end of a link, so no sequence flow may " +
                (is_catching ? "lead to it." : "leave it.")
        );
}

void check_pair(const ModelView& model, const Link& from, const Link& to)
{
    if (model.scope(*from.event) != model.scope(*to.event))
        model.refuse(
            *from.event,
            "link-scope",
            named(*from.event) + " and " + named(*to.event) +
                " are the two ends of a link, so they must lie in the same process or sub-process."
        );
    const auto sources = child_texts(*to.definition, "source");
    if (!sources.empty() &&
        std::find(sources.begin(), sources.end(), id_of(*from.definition)) == sources.end())
        model.refuse(
            *from.event,
            "link-pair",
            named(*from.event) + " leads to " + named(*to.event) + ", which names another source."
        );
}

}  // namespace

// 10.5.1 (Link): several throwing ends may lead to one catching end, never one to several.
void check_links(const ModelView& model)
{
    const auto throwing = links(model, "intermediateThrowEvent");
    const auto catching = links(model, "intermediateCatchEvent");
    for (const Link& from : throwing) {
        check_flows(model, from);
        int targets = 0;
        for (const Link& to : catching) {
            const bool is_reached = leads(*from.definition, *to.definition) &&
                                    (!child_text(*from.definition, "target").empty() ||
                                     model.scope(*from.event) == model.scope(*to.event));
            if (!is_reached)
                continue;
            ++targets;
            check_pair(model, from, to);
        }
        if (targets != 1)
            model.refuse(
                *from.event,
                "link-pair",
                named(*from.event) +
                    " needs exactly one catching link event of the same name in its process or sub-process; "
                    "it has " +
                    std::to_string(targets) + "."
            );
    }
    for (const Link& to : catching) {
        check_flows(model, to);
        const bool is_reached = std::any_of(throwing.begin(), throwing.end(), [&](const Link& from) {
            return leads(*from.definition, *to.definition);
        });
        if (!is_reached)
            model.refuse(
                *to.event,
                "link-pair",
                "No throwing link event leads to " + named(*to.event) + "; links come in pairs."
            );
    }
}

}  // namespace bpmn
