#include "process/bpmn/rules/groups.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <algorithm>

namespace bpmn {

namespace {

// Table 10.103: the drawn direction agrees with the flows.
void check_direction(const ModelView& model, const xml::Element& gateway)
{
    const auto incoming = model.incoming(gateway).size();
    const auto outgoing = model.outgoing(gateway).size();
    const auto direction = gateway.attribute_or("gatewayDirection", "Unspecified");
    const bool may_split = direction != "Converging";
    const bool may_join = direction != "Diverging";
    const bool must_split = direction == "Diverging" || direction == "Mixed";
    const bool must_join = direction == "Converging" || direction == "Mixed";
    if ((!may_split && outgoing > 1) || (!may_join && incoming > 1) || (must_split && outgoing < 2) ||
        (must_join && incoming < 2))
        model.refuse(
            gateway,
            "gateway-direction",
            named(gateway) + " says it is " + std::string(direction) + ", but has " +
                std::to_string(incoming) + " incoming and " + std::to_string(outgoing) +
                " outgoing sequence flows."
        );
}

// 10.6.1: a gateway joins or splits, or both.
void check_branches(const ModelView& model, const xml::Element& gateway)
{
    if (model.incoming(gateway).size() < 2 && model.outgoing(gateway).size() < 2)
        model.refuse(
            gateway,
            "gateway-branches",
            named(gateway) + " neither joins nor splits; it needs several incoming or several outgoing "
                             "sequence flows."
        );
}

// 10.6.6: the event that comes first decides, so every way begins with waiting for one.
void check_arm(const ModelView& model, const xml::Element& gateway, const xml::Element& target)
{
    const auto triggers = model.triggers(target);
    const bool is_waiting = target.name == "receiveTask" ||
                            (target.name == "intermediateCatchEvent" &&
                             std::none_of(triggers.begin(), triggers.end(), [](const xml::Element* trigger) {
                                 return trigger->name == "linkEventDefinition";
                             }));
    if (!is_waiting)
        model.refuse(
            gateway,
            "event-gateway-target",
            named(gateway) +
                " may only lead to receive tasks and to catch events for messages, signals, "
                "timers and conditions, not to " +
                named(target) + "."
        );
    if (model.incoming(target).size() > 1)
        model.refuse(
            target,
            "event-gateway-target",
            named(target) + " waits for " + named(gateway) + "; no other sequence flow may lead to it."
        );
    if (!model.boundary_events(target).empty())
        model.refuse(
            target,
            "event-gateway-target",
            named(target) + " waits for " + named(gateway) + "; it cannot have boundary events."
        );
}

void check_event_based(const ModelView& model, const xml::Element& gateway)
{
    bool has_receive_task = false;
    bool has_message_event = false;
    for (const auto* flow : model.outgoing(gateway)) {
        const auto* target = model.find(flow->attribute_or("targetRef"));
        if (!target)
            continue;
        check_arm(model, gateway, *target);
        has_receive_task = has_receive_task || target->name == "receiveTask";
        has_message_event = has_message_event || (target->name == "intermediateCatchEvent" &&
                                                  model.has_trigger(*target, "messageEventDefinition"));
    }
    if (has_receive_task && has_message_event)
        model.refuse(
            gateway,
            "event-gateway-target",
            named(gateway) + " may wait for messages with receive tasks or with catch events, not with both."
        );
    if (model.outgoing(gateway).size() < 2)
        model.refuse(
            gateway, "gateway-branches", named(gateway) + " needs two or more ways to choose between."
        );
    const bool instantiates = gateway.attribute_or("instantiate") == "true";
    if (instantiates && !model.incoming(gateway).empty())
        model.refuse(
            gateway,
            "event-gateway-instantiates",
            named(gateway) + " starts the process, so no sequence flow may lead to it."
        );
    if (!instantiates && gateway.attribute_or("eventGatewayType") == "Parallel")
        model.refuse(
            gateway,
            "event-gateway-instantiates",
            named(gateway) + " waits for all its events, which only a gateway that starts the process can."
        );
}

}  // namespace

void check_gateways(const ModelView& model)
{
    for (const auto* element : model.elements()) {
        if (!is_gateway(element->name))
            continue;
        check_direction(model, *element);
        if (element->name == "eventBasedGateway")
            check_event_based(model, *element);
        else
            check_branches(model, *element);
    }
}

}  // namespace bpmn
