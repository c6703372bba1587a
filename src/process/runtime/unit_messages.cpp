#include "process/runtime/message_store.hpp"
#include "process/runtime/unit.hpp"

#include <set>
#include <stdexcept>
#include <utility>

namespace runtime {

namespace {

std::string start_key_of(std::string_view name, std::string_view correlation_key)
{
    return correlation_key.empty() ? std::string() : std::string(name) + '\n' + std::string(correlation_key);
}

}  // namespace

void Unit::publish(const Message& message)
{
    pending_.emplace_back(message);
    drain();
}

std::optional<InstanceId> Unit::correlate(const Message& message)
{
    reached_.reset();
    publish(message);
    return reached_;
}

std::vector<StartRow> Unit::starts_of(std::string_view message_name)
{
    return DefinitionStore(transaction_).starts(tenant_, EventKind::message, message_name);
}

// Reaches one subscriber of each process, or starts one, or waits in the buffer.
void Unit::run(const Message& message)
{
    WaitingStore waiting(transaction_, tenant_);
    // The instances are locked before the message, in the order in which an instance that begins to wait
    // takes these locks; so two of them do not wait for each other.
    for (const auto& subscription :
         waiting.subscribers(EventKind::message, message.name, message.correlation_key))
        lock(subscription.instance);
    MessageStore messages(transaction_, tenant_);
    messages.lock(message.name, message.correlation_key);

    const auto key = message.key.empty() ? parts_.keys.make() : message.key;
    if (!messages.add(key, message, parts_.clock.now() + message.time_to_live))
        return;
    std::set<std::string> reached;
    for (const auto& subscription :
         waiting.subscribers(EventKind::message, message.name, message.correlation_key))
        if (!reached.contains(subscription.process_id) && deliver(subscription, {key, message.variables}))
            reached.insert(subscription.process_id);

    const auto start_key = start_key_of(message.name, message.correlation_key);
    for (const auto& row : starts_of(message.name))
        if (!reached.contains(row.process_id) && start_by_message(row, message, start_key))
            messages.note_delivery(key, row.process_id);
}

// False when the instance waits no longer: then the message is for another.
bool Unit::deliver(const Subscription& subscription, const WaitingMessage& message)
{
    const bpmn::DeliverMessage stimulus{
        .subscription = static_cast<bpmn::Id>(subscription.number), .variables = message.variables};
    const TrailEntry noted{
        .at = parts_.clock.now(),
        .element = {},
        .event = "message_received",
        .who = {},
        .detail = subscription.name};
    if (!act(subscription.instance, stimulus, noted))
        return false;
    MessageStore(transaction_, tenant_).note_delivery(message.key, subscription.process_id);
    if (!reached_)
        reached_ = subscription.instance;
    return true;
}

bool Unit::start_by_message(const StartRow& row, const Message& message, const std::string& start_key)
{
    if (!start_key.empty() && instances_.is_start_key_taken(row.process_id, start_key))
        return false;
    const auto process =
        DefinitionStore(transaction_).find_own(row.tenant, Deployed::Kind::process, row.process_id);
    if (!process)
        throw std::logic_error("a start event without its process: " + row.process_id);
    const auto started = start(
        *process,
        {.business_key = message.correlation_key,
         .variables = message.variables,
         .start_element = row.element,
         .start_part = static_cast<std::uint32_t>(row.part),
         .start_key = start_key}
    );
    if (started && !reached_)
        reached_ = *started;
    return started.has_value();
}

// A new subscription gets the oldest message that waits for it, if there is one.
void Unit::run(const NewSubscription& added)
{
    const auto message = MessageStore(transaction_, tenant_)
                             .find_waiting(
                                 added.subscription.name,
                                 added.subscription.correlation_key,
                                 added.subscription.process_id,
                                 parts_.clock.now()
                             );
    if (message)
        deliver(added.subscription, *message);
}

// The instance that a message had started is over: the next message of that key may start one.
void Unit::run(const FreedStart& freed)
{
    const auto separator = freed.start_key.find('\n');
    const auto name = freed.start_key.substr(0, separator);
    const auto correlation_key = freed.start_key.substr(separator + 1);
    // Written first, so that the key is free in the table too.
    save();
    MessageStore messages(transaction_, tenant_);
    const auto message = messages.find_waiting(name, correlation_key, freed.process_id, parts_.clock.now());
    if (!message)
        return;
    for (const auto& row : starts_of(name)) {
        const Message found{
            .name = name, .correlation_key = correlation_key, .variables = message->variables};
        if (row.process_id == freed.process_id && start_by_message(row, found, freed.start_key)) {
            messages.note_delivery(message->key, freed.process_id);
            return;
        }
    }
}

}  // namespace runtime
