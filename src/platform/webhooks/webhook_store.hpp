#pragma once

#include "kit/sql/database.hpp"
#include "platform/webhooks/subscription.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace webhooks {

// The tables of this room. A subscription of the canton has deliveries of all tenants: what is done for it
// needs a transaction across tenants.
class WebhookStore {
public:
    explicit WebhookStore(sql::Transaction& transaction) : transaction_(transaction) {}

    void add(const Event& event);
    std::optional<Event> find_event(const base::TenantId& asking, const EventId& id) const;
    // Oldest first, behind `after`. Of the tenant, or of all for "canton".
    std::vector<Event>
    events_after(const base::TenantId& asking, std::string_view after, std::size_t most) const;

    void add(const Subscription& subscription);
    std::optional<Subscription> find(const base::TenantId& tenant, const SubscriptionId& id) const;
    std::vector<Subscription> of_tenant(const base::TenantId& tenant) const;
    std::vector<Subscription> all() const;
    // Of the transaction's tenant and of the canton, without how many events wait.
    std::vector<Subscription> of_kind(std::string_view kind) const;
    void remove(const Subscription& subscription);

    void add_delivery(const Subscription& subscription, const Event& event);
    // Of all events from that one on that the subscription is about; says how many came to those that wait.
    int add_deliveries_from(const Subscription& subscription, const EventId& from);
    std::optional<Event> oldest_delivery(const Subscription& subscription) const;
    void remove_delivery(const Subscription& subscription, const Event& event);

    // False when somebody else delivers, or it is not time yet.
    bool lease(const Subscription& subscription, base::Instant now, base::Instant until);
    // The condition as it now is; nobody delivers any more. False when it was removed meanwhile.
    bool release(const Subscription& subscription, const Condition& condition);

    void remove_events_before(std::string_view id);

private:
    sql::Transaction& transaction_;
};

}  // namespace webhooks
