#include "platform/webhooks/webhook_store.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <stdexcept>

namespace webhooks {

namespace {

using sql::Statement;

sql::Value milliseconds(base::Instant instant)
{
    return std::int64_t{instant.time_since_epoch().count()};
}

sql::Value milliseconds(std::optional<base::Instant> instant)
{
    return instant ? milliseconds(*instant) : sql::Value(nullptr);
}

base::Instant instant(std::int64_t milliseconds_since_1970)
{
    return base::Instant(std::chrono::milliseconds(milliseconds_since_1970));
}

std::optional<base::Instant> instant(std::optional<std::int64_t> milliseconds_since_1970)
{
    return milliseconds_since_1970 ? std::optional(instant(*milliseconds_since_1970)) : std::nullopt;
}

bool is_canton(const base::TenantId& tenant)
{
    return tenant.text == "canton";
}

// What we wrote ourselves.
json::Value parse_data(const std::string& text)
{
    auto data = json::parse(text);
    if (!data)
        throw std::runtime_error("an event's data is not JSON: " + data.error().detail);
    return std::move(*data);
}

Kinds read_kinds(const std::string& text)
{
    Kinds kinds;
    for (const auto word : base::split(text, ' '))
        if (!word.empty())
            kinds.emplace_back(word);
    return kinds;
}

Event read_event(const sql::Row& row)
{
    return {
        .tenant{row.text(0)},
        .id{row.text(1)},
        .kind = row.text(2),
        .subject = row.text(3),
        .data = parse_data(row.text(4)),
        .happened_at = instant(row.integer(5)),
    };
}

Subscription read_subscription(const sql::Row& row)
{
    return {
        .tenant{row.text(0)},
        .id{row.text(1)},
        .client_id = row.text(2),
        .address = row.text(3),
        .kinds = read_kinds(row.text(4)),
        .created_at = instant(row.integer(5)),
        .condition{
            .state = row.text(6) == name_of(State::failing) ? State::failing : State::active,
            .failures = static_cast<int>(row.integer(7)),
            .failed_since = instant(row.integer_or_null(8)),
            .last_error = row.text(9),
            .last_delivered_at = instant(row.integer_or_null(10)),
            .next_attempt_at = instant(row.integer(11))},
        .waiting = static_cast<int>(row.integer(12)),
    };
}

}  // namespace

void WebhookStore::add(const Event& event)
{
    static constexpr Statement insert{
        "INSERT INTO webhook_events (tenant_id, id, kind, subject, data, happened_at)"
        " VALUES (:tenant_id, :id, :kind, :subject, :data, :happened_at)"};
    transaction_.execute_one(
        insert,
        {{"tenant_id", event.tenant.text},
         {"id", event.id.text},
         {"kind", event.kind},
         {"subject", event.subject},
         {"data", json::write(event.data)},
         {"happened_at", milliseconds(event.happened_at)}}
    );
}

std::optional<Event> WebhookStore::find_event(const base::TenantId& asking, const EventId& id) const
{
    static constexpr Statement select{
        "SELECT tenant_id, id, kind, subject, data, happened_at FROM webhook_events"
        " WHERE id = :id AND (tenant_id = :tenant_id OR :tenant_id = 'canton')"};
    return transaction_.first(select, {{"id", id.text}, {"tenant_id", asking.text}}, read_event);
}

std::vector<Event>
WebhookStore::events_after(const base::TenantId& asking, std::string_view after, std::size_t most) const
{
    static constexpr Statement select{
        "SELECT tenant_id, id, kind, subject, data, happened_at FROM webhook_events"
        " WHERE tenant_id = :tenant_id AND id > :after ORDER BY id LIMIT :most"};
    // Canton-wide: the canton hears of every authority.
    static constexpr Statement select_all{
        "SELECT tenant_id, id, kind, subject, data, happened_at FROM webhook_events"
        " WHERE id > :after ORDER BY id LIMIT :most"};
    const sql::Value after_value = std::string(after);
    const auto limit = static_cast<std::int64_t>(most);
    if (is_canton(asking))
        return transaction_.all(select_all, {{"after", after_value}, {"most", limit}}, read_event);
    return transaction_.all(
        select, {{"tenant_id", asking.text}, {"after", after_value}, {"most", limit}}, read_event
    );
}

void WebhookStore::add(const Subscription& subscription)
{
    static constexpr Statement insert{
        "INSERT INTO webhook_subscriptions (tenant_id, id, client_id, address, kinds, created_at, state,"
        " failures, last_error, next_attempt_at, leased_until)"
        " VALUES (:tenant_id, :id, :client_id, :address, :kinds, :created_at, 'active', 0, '', 0, 0)"};
    transaction_.execute_one(
        insert,
        {{"tenant_id", subscription.tenant.text},
         {"id", subscription.id.text},
         {"client_id", subscription.client_id},
         {"address", subscription.address},
         {"kinds", write_kinds(subscription.kinds)},
         {"created_at", milliseconds(subscription.created_at)}}
    );
}

std::optional<Subscription> WebhookStore::find(const base::TenantId& tenant, const SubscriptionId& id) const
{
    static constexpr Statement select{
        "SELECT tenant_id, id, client_id, address, kinds, created_at, state, failures, failed_since, last_error,"
        " last_delivered_at, next_attempt_at,"
        " (SELECT COUNT(*) FROM webhook_deliveries delivery"
        "  WHERE delivery.subscription_id = webhook_subscriptions.id)"
        " FROM webhook_subscriptions WHERE tenant_id = :tenant_id AND id = :id"};
    return transaction_.first(select, {{"tenant_id", tenant.text}, {"id", id.text}}, read_subscription);
}

std::vector<Subscription> WebhookStore::of_tenant(const base::TenantId& tenant) const
{
    static constexpr Statement select{
        "SELECT tenant_id, id, client_id, address, kinds, created_at, state, failures, failed_since, last_error,"
        " last_delivered_at, next_attempt_at,"
        " (SELECT COUNT(*) FROM webhook_deliveries delivery"
        "  WHERE delivery.subscription_id = webhook_subscriptions.id)"
        " FROM webhook_subscriptions WHERE tenant_id = :tenant_id ORDER BY id"};
    return transaction_.all(select, {{"tenant_id", tenant.text}}, read_subscription);
}

std::vector<Subscription> WebhookStore::all() const
{
    // Canton-wide: for operators.
    static constexpr Statement select{
        "SELECT tenant_id, id, client_id, address, kinds, created_at, state, failures, failed_since, last_error,"
        " last_delivered_at, next_attempt_at,"
        " (SELECT COUNT(*) FROM webhook_deliveries delivery"
        "  WHERE delivery.subscription_id = webhook_subscriptions.id)"
        " FROM webhook_subscriptions ORDER BY tenant_id, id"};
    return transaction_.all(select, {}, read_subscription);
}

std::vector<Subscription> WebhookStore::of_kind(std::string_view kind) const
{
    static constexpr Statement select{
        "SELECT tenant_id, id, client_id, address, kinds, created_at, state, failures, failed_since, last_error,"
        " last_delivered_at, next_attempt_at, 0"
        " FROM webhook_subscriptions WHERE tenant_id IN (:tenant_id, 'canton') ORDER BY id"};
    auto found = transaction_.all(select, {{"tenant_id", transaction_.tenant().text}}, read_subscription);
    std::erase_if(found, [&](const Subscription& subscription) {
        return std::ranges::find(subscription.kinds, kind) == subscription.kinds.end();
    });
    return found;
}

void WebhookStore::remove(const Subscription& subscription)
{
    // Canton-wide: a subscription of the canton has deliveries of all tenants.
    static constexpr Statement delete_deliveries{
        "DELETE FROM webhook_deliveries WHERE subscription_id = :subscription_id"};
    static constexpr Statement delete_subscription{
        "DELETE FROM webhook_subscriptions WHERE tenant_id = :tenant_id AND id = :id"};
    transaction_.execute(delete_deliveries, {{"subscription_id", subscription.id.text}});
    transaction_.execute(
        delete_subscription, {{"tenant_id", subscription.tenant.text}, {"id", subscription.id.text}}
    );
}

void WebhookStore::add_delivery(const Subscription& subscription, const Event& event)
{
    static constexpr Statement insert{"INSERT INTO webhook_deliveries (tenant_id, subscription_id, event_id)"
                                      " VALUES (:tenant_id, :subscription_id, :event_id)"};
    transaction_.execute_one(
        insert,
        {{"tenant_id", event.tenant.text},
         {"subscription_id", subscription.id.text},
         {"event_id", event.id.text}}
    );
}

int WebhookStore::add_deliveries_from(const Subscription& subscription, const EventId& from)
{
    static constexpr Statement insert{
        "INSERT INTO webhook_deliveries (tenant_id, subscription_id, event_id)"
        " SELECT event.tenant_id, :subscription_id, event.id FROM webhook_events event"
        " WHERE event.id >= :from AND (event.tenant_id = :tenant_id OR :tenant_id = 'canton')"
        " AND ' ' || CAST(:kinds AS TEXT) || ' ' LIKE '% ' || event.kind || ' %'"
        " AND NOT EXISTS (SELECT 1 FROM webhook_deliveries waiting"
        "  WHERE waiting.tenant_id = event.tenant_id AND waiting.subscription_id = :subscription_id"
        "  AND waiting.event_id = event.id)"};
    return static_cast<int>(transaction_.execute(
        insert,
        {{"subscription_id", subscription.id.text},
         {"from", from.text},
         {"tenant_id", subscription.tenant.text},
         {"kinds", write_kinds(subscription.kinds)}}
    ));
}

std::optional<Event> WebhookStore::oldest_delivery(const Subscription& subscription) const
{
    static constexpr Statement select{
        "SELECT event.tenant_id, event.id, event.kind, event.subject, event.data, event.happened_at"
        " FROM webhook_deliveries delivery JOIN webhook_events event"
        " ON event.tenant_id = delivery.tenant_id AND event.id = delivery.event_id"
        " WHERE delivery.subscription_id = :subscription_id ORDER BY delivery.event_id LIMIT 1"};
    return transaction_.first(select, {{"subscription_id", subscription.id.text}}, read_event);
}

void WebhookStore::remove_delivery(const Subscription& subscription, const Event& event)
{
    static constexpr Statement delete_delivery{
        "DELETE FROM webhook_deliveries"
        " WHERE tenant_id = :tenant_id AND subscription_id = :subscription_id AND event_id = :event_id"};
    transaction_.execute(
        delete_delivery,
        {{"tenant_id", event.tenant.text},
         {"subscription_id", subscription.id.text},
         {"event_id", event.id.text}}
    );
}

bool WebhookStore::lease(const Subscription& subscription, base::Instant now, base::Instant until)
{
    static constexpr Statement update{
        "UPDATE webhook_subscriptions SET leased_until = :until WHERE tenant_id = :tenant_id AND id = :id"
        " AND leased_until <= :now AND next_attempt_at <= :now"};
    return transaction_.execute(
               update,
               {{"until", milliseconds(until)},
                {"tenant_id", subscription.tenant.text},
                {"id", subscription.id.text},
                {"now", milliseconds(now)}}
           ) == 1;
}

bool WebhookStore::release(const Subscription& subscription, const Condition& condition)
{
    static constexpr Statement update{
        "UPDATE webhook_subscriptions SET state = :state, failures = :failures, failed_since = :failed_since,"
        " last_error = :last_error, last_delivered_at = :last_delivered_at,"
        " next_attempt_at = :next_attempt_at, leased_until = 0"
        " WHERE tenant_id = :tenant_id AND id = :id"};
    return transaction_.execute(
               update,
               {{"state", std::string(name_of(condition.state))},
                {"failures", std::int64_t{condition.failures}},
                {"failed_since", milliseconds(condition.failed_since)},
                {"last_error", condition.last_error},
                {"last_delivered_at", milliseconds(condition.last_delivered_at)},
                {"next_attempt_at", milliseconds(condition.next_attempt_at)},
                {"tenant_id", subscription.tenant.text},
                {"id", subscription.id.text}}
           ) == 1;
}

void WebhookStore::remove_events_before(std::string_view id)
{
    // Canton-wide: what is old is old everywhere.
    static constexpr Statement delete_deliveries{"DELETE FROM webhook_deliveries WHERE event_id < :id"};
    static constexpr Statement delete_events{"DELETE FROM webhook_events WHERE id < :id"};
    transaction_.execute(delete_deliveries, {{"id", std::string(id)}});
    transaction_.execute(delete_events, {{"id", std::string(id)}});
}

}  // namespace webhooks
