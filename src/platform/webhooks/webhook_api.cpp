#include "platform/webhooks/webhook_api.hpp"

#include "base/date.hpp"
#include "kit/api/values.hpp"
#include "platform/webhooks/webhooks.hpp"

#include <algorithm>

namespace webhooks {

namespace {

using base::ErrorKind;
using base::fail;

constexpr std::string_view scope = "webhooks";
constexpr std::int64_t most_events = 200;

json::Value json_of(const Subscription& subscription)
{
    const auto& condition = subscription.condition;
    return json::Object{
        {"id", subscription.id.text},
        {"address", subscription.address},
        {"kinds", api::json_of(subscription.kinds)},
        {"state", name_of(condition.state)},
        {"waiting", subscription.waiting},
        {"failures", condition.failures},
        {"lastError", api::text_or_null(condition.last_error)},
        {"lastDeliveredAt", api::json_of(condition.last_delivered_at)},
        {"createdAt", base::format_instant(subscription.created_at)},
    };
}

json::Value json_of(const Event& event)
{
    return json::Object{
        {"id", event.id.text},
        {"kind", event.kind},
        {"subject", event.subject},
        {"happenedAt", base::format_instant(event.happened_at)},
        {"data", event.data},
    };
}

// The caller's own; those of other programs of its authority are not there for it.
base::Result<Subscription> find(const Webhooks& webhooks, const api::Call& call)
{
    auto found = webhooks.find(call.caller->tenant, {std::string(call.text("subscription"))});
    if (found && found->client_id != call.caller->id)
        return fail(ErrorKind::not_found, "webhooks.unknown");
    return found;
}

api::Outcome list(const Webhooks& webhooks, const api::Call& call)
{
    json::Array items;
    for (const auto& subscription : webhooks.list(call.caller->tenant))
        if (subscription.client_id == call.caller->id)
            items.push_back(json_of(subscription));
    return api::Answer{json::Object{{"items", std::move(items)}}};
}

api::Outcome show(const Webhooks& webhooks, const api::Call& call)
{
    const auto found = find(webhooks, call);
    return found ? api::Outcome(api::Answer{json_of(*found)}) : found.error();
}

api::Outcome subscribe(Webhooks& webhooks, const api::Call& call)
{
    Kinds kinds;
    for (const auto& kind : *call.body.find("kinds")->if_array())
        if (std::ranges::find(kinds, kind.string_or()) == kinds.end())
            kinds.emplace_back(kind.string_or());
    const auto added =
        webhooks.subscribe({call.caller->id, std::string(call.body.text_of("address")), std::move(kinds)});
    return added ? api::Outcome(api::Answer{json_of(*added), 201}) : added.error();
}

api::Outcome remove(Webhooks& webhooks, const api::Call& call)
{
    const auto found = find(webhooks, call);
    if (!found)
        return found.error();
    const auto removed = webhooks.remove(call.caller->tenant, found->id);
    return removed ? api::Outcome(api::Answer{json_of(*found)}) : removed.error();
}

api::Outcome replay(Webhooks& webhooks, const api::Call& call)
{
    const auto found = find(webhooks, call);
    if (!found)
        return found.error();
    const auto replayed =
        webhooks.replay_from(call.caller->tenant, found->id, {std::string(call.body.text_of("from"))});
    return replayed ? api::Outcome(api::Answer{json::Object{{"events", *replayed}}, 202}) : replayed.error();
}

api::Outcome list_events(const Webhooks& webhooks, const api::Call& call)
{
    json::Array items;
    const EventId last_seen{std::string(call.text("after"))};
    const auto limit = static_cast<std::size_t>(*call.integer("limit"));
    for (const auto& event : webhooks.events_after(call.caller->tenant, last_seen, limit))
        items.push_back(json_of(event));
    return api::Answer{json::Object{{"items", std::move(items)}}};
}

api::Schema kind_schema()
{
    const auto kinds = event_kinds();
    return api::one_of({kinds.begin(), kinds.end()});
}

api::Schemas schemas()
{
    using api::required;
    return {
        {"Subscription",
         api::object({
             required("id", api::text()),
             required("address", api::uri()),
             required("kinds", api::list_of(kind_schema())),
             required("state", api::one_of({"active", "failing"}).explained("webhooks.api_state")),
             required("waiting", api::integer().explained("webhooks.api_waiting")),
             required("failures", api::integer().explained("webhooks.api_failures")),
             required("lastError", api::text().or_null()),
             required("lastDeliveredAt", api::instant().or_null()),
             required("createdAt", api::instant()),
         })},
        {"SubscriptionList", api::object({required("items", api::list_of(api::reference("Subscription")))})},
        {"Event",
         api::object({
             required("id", api::text()),
             required("kind", kind_schema()),
             required("subject", api::text().explained("webhooks.api_subject").like("AG-4001-7K3M-9QXP")),
             required("happenedAt", api::instant()),
             required("data", api::anything()),
         })},
        {"EventList", api::object({required("items", api::list_of(api::reference("Event")))})},
    };
}

api::Schema wanted_schema()
{
    return api::object({
        api::required(
            "address",
            api::uri().at_most(2000).explained("webhooks.bad_address").like("https://dialog.example/hooks")
        ),
        api::required("kinds", api::list_of(kind_schema()).at_least(1)),
    });
}

api::Parameter subscription_parameter()
{
    return api::in_path("subscription", api::text().at_most(100).explained("webhooks.api_subscription"));
}

}  // namespace

api::Slice webhook_api(Webhooks& webhooks)
{
    using api::Call;
    using api::Problem;
    const std::string needs(scope);
    const auto one = api::reference("Subscription");
    api::Slice slice{.operations = {}, .schemas = schemas()};
    slice.operations = {
        {.pattern = "/webhooks",
         .id = "listWebhooks",
         .tag = "webhooks",
         .sentence = "webhooks.api_list",
         .answers = {{200, "webhooks.api_the_list", api::reference("SubscriptionList")}},
         .scope = needs,
         .work = [&webhooks](const Call& call) { return list(webhooks, call); }},
        {.method = http::Method::post,
         .pattern = "/webhooks",
         .id = "addWebhook",
         .tag = "webhooks",
         .sentence = "webhooks.api_add",
         .body = wanted_schema(),
         .answers = {{201, "webhooks.api_the_added", one}},
         .problems = {Problem::conflict},
         .scope = needs,
         .work = [&webhooks](const Call& call) { return subscribe(webhooks, call); }},
        {.pattern = "/webhooks/{subscription}",
         .id = "readWebhook",
         .tag = "webhooks",
         .sentence = "webhooks.api_read",
         .parameters = {subscription_parameter()},
         .answers = {{200, "webhooks.api_the_read", one}},
         .problems = {Problem::not_found},
         .scope = needs,
         .work = [&webhooks](const Call& call) { return show(webhooks, call); }},
        {.method = http::Method::delete_,
         .pattern = "/webhooks/{subscription}",
         .id = "removeWebhook",
         .tag = "webhooks",
         .sentence = "webhooks.api_remove",
         .parameters = {subscription_parameter()},
         .answers = {{200, "webhooks.api_the_removed", one}},
         .problems = {Problem::not_found},
         .scope = needs,
         .work = [&webhooks](const Call& call) { return remove(webhooks, call); }},
        {.method = http::Method::post,
         .pattern = "/webhooks/{subscription}/replays",
         .id = "replayWebhook",
         .tag = "webhooks",
         .sentence = "webhooks.api_replay",
         .parameters = {subscription_parameter()},
         .body =
             api::object({api::required("from", api::text().at_most(100).explained("webhooks.api_from"))}),
         .answers =
             {{202, "webhooks.api_the_replayed", api::object({api::required("events", api::integer())})}},
         .problems = {Problem::not_found},
         .scope = needs,
         .work = [&webhooks](const Call& call) { return replay(webhooks, call); }},
        {.pattern = "/events",
         .id = "listEvents",
         .tag = "webhooks",
         .sentence = "webhooks.api_events",
         .parameters =
             {api::in_query("after", api::text().at_most(100).explained("webhooks.api_after")),
              api::in_query(
                  "limit",
                  api::integer().at_least(1).at_most(most_events).explained("webhooks.api_limit"),
                  json::Value(std::int64_t{100})
              )},
         .answers = {{200, "webhooks.api_the_events", api::reference("EventList")}},
         .scope = needs,
         .work = [&webhooks](const Call& call) { return list_events(webhooks, call); }},
    };
    return slice;
}

}  // namespace webhooks
