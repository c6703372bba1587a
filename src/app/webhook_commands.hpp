#pragma once

#include "app/command.hpp"

namespace app {

// `schalter webhook …`: who is told of what happens, and telling it again (docs/webhooks.md).
int add_webhook(Arguments arguments, Streams& streams);
int list_webhooks(Arguments arguments, Streams& streams);
int remove_webhook(Arguments arguments, Streams& streams);
int replay_webhook(Arguments arguments, Streams& streams);

inline constexpr Command webhook_add_command{
    "webhook add",
    "webhook add --database URL --client ID --address URL --kinds \"KIND…\" [--config FILE]",
    "Tells a program of events at its authority; prints the subscription's id.",
    add_webhook};
inline constexpr Command webhook_list_command{
    "webhook list",
    "webhook list --database URL",
    "Lists the subscriptions and how their deliveries went.",
    list_webhooks};
inline constexpr Command webhook_remove_command{
    "webhook remove",
    "webhook remove --database URL --tenant BFS SUBSCRIPTION",
    "Delivers nothing any more.",
    remove_webhook};
inline constexpr Command webhook_replay_command{
    "webhook replay",
    "webhook replay --database URL --tenant BFS --from EVENT SUBSCRIPTION",
    "Delivers that event and all later ones again.",
    replay_webhook};

}  // namespace app
