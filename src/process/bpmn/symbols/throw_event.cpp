#include "process/bpmn/symbols/symbols.hpp"

namespace bpmn {

namespace {

enum class Thrown { done, waits, gone };

void throw_error_event(Run& run, Id element, const std::string& code)
{
    const Variables payload = run.find(element)->locals;
    if (run.throw_error(element, code, payload))
        return;
    // Nobody catches it: the process has failed.
    run.vanish(element);
    run.finish(Outlook::failed, code, "The error «" + code + "» was not caught.");
}

// A terminate event ends everything in its scope at once, which then is completed.
void terminate_scope(Run& run, Id element)
{
    const Id scope = run.scope_of(element);
    run.vanish(element);
    run.terminate_children(scope);
    run.check_scope_later(scope);
}

Thrown throw_signal(Run& run, Id element, const EventDefinition& event)
{
    if (run.find(element)->waiting != Waiting::throwing) {
        run.find(element)->waiting = Waiting::throwing;
        run.throw_later(element);
        return Thrown::waits;
    }
    run.find(element)->waiting = Waiting::nothing;
    const auto name = run.text_of(element, event.name, "The name of the signal");
    if (!name)
        return Thrown::waits;
    const Variables payload = run.find(element)->locals;
    run.emit(BroadcastSignal{*name, payload});
    run.hear_signal(*name, payload);
    return run.find(element) ? Thrown::done : Thrown::gone;
}

Thrown throw_one(Run& run, Id element, const EventDefinition& event)
{
    switch (event.trigger) {
    case Trigger::message: return send_message(run, element, event) ? Thrown::done : Thrown::waits;
    case Trigger::signal: return throw_signal(run, element, event);
    case Trigger::compensation:
        return compensate(run, element, run.scope_of(element), event.activity, event.waits_for_completion)
                   ? Thrown::waits
                   : Thrown::done;
    case Trigger::escalation: {
        const auto code = run.text_of(element, event.code, "The escalation code");
        if (!code)
            return Thrown::waits;
        run.throw_escalation(element, *code, Variables(run.find(element)->locals));
        return run.find(element) ? Thrown::done : Thrown::gone;
    }
    case Trigger::error: {
        const auto code = run.text_of(element, event.code, "The error code");
        if (!code)
            return Thrown::waits;
        throw_error_event(run, element, *code);
        return Thrown::gone;
    }
    case Trigger::terminate: terminate_scope(run, element); return Thrown::gone;
    case Trigger::cancel: cancel_transaction(run, element); return Thrown::gone;
    default: return Thrown::done;
    }
}

}  // namespace

// Throws its events one after the other; `listener` counts those it has thrown.
void work_throw_event(Run& run, Id element)
{
    const Node& node = run.node(element);
    if (node.link_target != none) {
        const Id scope = run.find(element)->parent;
        run.vanish(element);
        return run.begin_later(node.link_target, scope);
    }
    while (run.find(element)->listener < node.events.size()) {
        const auto& event = node.events[run.find(element)->listener];
        const Thrown thrown = throw_one(run, element, event);
        if (thrown != Thrown::done)
            return;
        ++run.find(element)->listener;
    }
    run.complete(element);
}

}  // namespace bpmn
