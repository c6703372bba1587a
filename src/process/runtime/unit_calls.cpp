#include "process/runtime/keys.hpp"
#include "process/runtime/unit.hpp"

#include <stdexcept>

namespace runtime {

// The definition that a call means, seen from the one that calls.
std::optional<DefinitionRow> Unit::find_called(const InstanceRow& caller, const bpmn::StartProcess& wanted)
{
    const DefinitionStore store(transaction_);
    constexpr auto kind = Deployed::Kind::process;
    switch (wanted.binding) {
    case bpmn::Binding::latest: return store.find_newest(tenant_, kind, wanted.process);
    case bpmn::Binding::version_tag:
        return store.find_tagged(tenant_, kind, wanted.process, wanted.version_tag);
    case bpmn::Binding::deployment: {
        // What was deployed together with the caller, or, unchanged since, before it.
        const auto own = store.find(caller.definition_tenant, kind, caller.process_id, caller.version);
        return own ? store.find_as_of(tenant_, kind, wanted.process, own->deployed_at) : std::nullopt;
    }
    }
    throw std::logic_error("an unknown binding");
}

void Unit::run(const Call& call)
{
    const auto* caller = load(call.caller);
    if (caller == nullptr || caller->row.state != InstanceState::active)
        return;
    std::string refused = "no process " + call.wanted.process + " is deployed";
    if (const auto process = find_called(caller->row, call.wanted)) {
        const auto started = start(
            *process,
            {.business_key = caller->row.business_key,
             .variables = call.wanted.variables,
             .parent_id = call.caller.text,
             .parent_call = call.wanted.id,
             .trace_id = caller->row.trace_id.empty() ? trace_id_of(call.caller) : caller->row.trace_id}
        );
        if (started)
            return;
        refused = started.error().message_key + " " + started.error().detail;
    }
    // Refused in turn only when the call is over already.
    static_cast<void>(act(call.caller, bpmn::CallFailed{.call = call.wanted.id, .message = refused}));
}

// Refused when the other no longer waits for it: it was cancelled meanwhile, and needs no word any more.
void Unit::run(const Word& word)
{
    static_cast<void>(act(word.to, word.stimulus));
}

void Unit::broadcast(std::string_view signal, const Variables& variables, const InstanceId& by)
{
    pending_.emplace_back(Signal{.name = std::string(signal), .variables = variables, .by = by});
    drain();
}

void Unit::run(const Signal& signal)
{
    const TrailEntry noted{
        .at = parts_.clock.now(),
        .element = {},
        .event = "signal_received",
        .who = {},
        .detail = signal.name};
    for (const auto& subscription :
         WaitingStore(transaction_, tenant_).subscribers(EventKind::signal, signal.name, "")) {
        if (subscription.instance == signal.by)
            continue;
        const bpmn::DeliverSignal stimulus{
            .subscription = static_cast<bpmn::Id>(subscription.number), .variables = signal.variables};
        // Refused when one of the same instance has ended the waiting of this one.
        static_cast<void>(act(subscription.instance, stimulus, noted));
    }
    const DefinitionStore definitions(transaction_);
    for (const auto& row : definitions.starts(tenant_, EventKind::signal, signal.name)) {
        const auto process = definitions.find_own(row.tenant, Deployed::Kind::process, row.process_id);
        if (!process)
            throw std::logic_error("a start event without its process: " + row.process_id);
        const auto started = start(
            *process,
            {.variables = signal.variables,
             .start_element = row.element,
             .start_part = static_cast<std::uint32_t>(row.part)}
        );
        if (!started)
            throw std::runtime_error(
                "a signal cannot start " + row.process_id + ": " + started.error().detail
            );
    }
}

}  // namespace runtime
