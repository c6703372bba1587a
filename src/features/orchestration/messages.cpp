#include "features/orchestration/exchange.hpp"

namespace orchestration {

namespace {

base::Result<runtime::Message> read_message(const json::Value& body)
{
    auto variables = variables_of(body);
    if (!variables)
        return variables.error();
    runtime::Message message{
        .name = std::string(body.text_of("name")),
        .correlation_key = std::string(body.text_of("correlationKey")),
        .variables = std::move(*variables),
        .id = std::string(body.text_of("messageId")),
    };
    if (message.name.empty())
        return wrong("name expected");
    // Without a time to live it is for those who wait now.
    const auto* lives = body.find("timeToLive");
    message.time_to_live = std::chrono::milliseconds(lives ? lives->integer().value_or(0) : 0);
    return message;
}

Answer publish(const Parts& parts, const Call& call)
{
    const auto message = read_message(call.body);
    if (!message)
        return message.error();
    return in_transaction(parts, call.tenant, [&](sql::Transaction& transaction) -> Answer {
        const auto key = parts.runtime.publish_message(transaction, *message);
        if (!key)
            return key.error();
        return json_response({{"tenantId", call.tenant.text}, {"messageKey", *key}});
    });
}

Answer correlate(const Parts& parts, const Call& call)
{
    const auto message = read_message(call.body);
    if (!message)
        return message.error();
    return in_transaction(parts, call.tenant, [&](sql::Transaction& transaction) -> Answer {
        const auto reached = parts.runtime.correlate_message(transaction, *message);
        if (!reached)
            return unknown("instance that waits for the message " + message->name + " with that key");
        return json_response({
            {"tenantId", call.tenant.text},
            {"messageKey", reached->key},
            {"processInstanceKey", reached->instance.text},
        });
    });
}

Answer broadcast(const Parts& parts, const Call& call)
{
    const auto variables = variables_of(call.body);
    if (!variables)
        return variables.error();
    const auto name = call.body.text_of("signalName");
    if (name.empty())
        return wrong("signalName expected");
    return in_transaction(parts, call.tenant, [&](sql::Transaction& transaction) -> Answer {
        const auto key = parts.runtime.broadcast_signal(transaction, name, *variables);
        return json_response({{"tenantId", call.tenant.text}, {"signalKey", key}});
    });
}

}  // namespace

std::vector<Operation> message_operations()
{
    return {
        {http::Method::post, "/messages/publication", "processes", publish},
        {http::Method::post, "/messages/correlation", "processes", correlate},
        {http::Method::post, "/signals/broadcast", "processes", broadcast},
    };
}

}  // namespace orchestration
