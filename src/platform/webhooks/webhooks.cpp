#include "platform/webhooks/webhooks.hpp"

#include "base/ordered_id.hpp"
#include "base/random.hpp"
#include "kit/http/retry_after.hpp"
#include "kit/jobs/queue.hpp"
#include "kit/jobs/runner.hpp"
#include "kit/sql/database.hpp"
#include "platform/clients/clients.hpp"
#include "platform/webhooks/webhook_store.hpp"

#include <algorithm>
#include <stdexcept>

namespace webhooks {

using base::ErrorKind;
using base::fail;
using base::Result;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view job_kind = "webhooks.deliver";
constexpr auto lease_time = 60s;    // longer than one answer may take
constexpr int most_in_one_job = 8;  // answers that may take ten seconds each, within a job's lock
constexpr std::size_t most_of_tenant = 50;

class Zeros final : public base::Random {
public:
    void fill(std::span<std::byte> bytes) override { std::ranges::fill(bytes, std::byte{0}); }
};

// No event of that time or later has a smaller id.
std::string first_id_of(base::Instant time)
{
    Zeros zeros;
    return base::ordered_id(time, zeros);
}

base::Error unknown_subscription()
{
    return fail(ErrorKind::not_found, "webhooks.unknown");
}

}  // namespace

Webhooks::Webhooks(Parts parts) : parts_(std::move(parts)) {}

// The canton's subscriptions have deliveries of all tenants.
sql::Transaction Webhooks::begin(const base::TenantId& tenant) const
{
    return tenant.text == "canton" ? parts_.database.begin_across_tenants() : parts_.database.begin(tenant);
}

sql::Transaction Webhooks::begin_read(const base::TenantId& tenant) const
{
    return tenant.text == "canton" ? parts_.database.begin_read_across_tenants()
                                   : parts_.database.begin_read(tenant);
}

// Events of one millisecond would lie in the order of chance: each of this program has a millisecond of its
// own.
base::Instant Webhooks::next_event_time()
{
    const std::int64_t now = parts_.clock.now().time_since_epoch().count();
    std::int64_t last = last_event_time_.load();
    std::int64_t next = 0;
    do
        next = std::max(now, last + 1);
    while (!last_event_time_.compare_exchange_weak(last, next));
    return base::Instant(std::chrono::milliseconds(next));
}

void Webhooks::announce(sql::Transaction& transaction, const NewEvent& wanted)
{
    if (std::ranges::find(event_kinds(), wanted.kind) == event_kinds().end())
        throw std::logic_error("there is no kind of event called " + wanted.kind);
    WebhookStore store(transaction);
    const Event event{
        .tenant = transaction.tenant(),
        .id{base::ordered_id(next_event_time(), parts_.random)},
        .kind = wanted.kind,
        .subject = wanted.subject,
        .data = wanted.data,
        .happened_at = parts_.clock.now(),
    };
    store.add(event);
    for (const auto& subscription : store.of_kind(event.kind)) {
        store.add_delivery(subscription, event);
        nudge(transaction, subscription);
    }
}

void Webhooks::nudge(
    sql::Transaction& transaction, const Subscription& subscription, std::optional<base::Instant> due
) const
{
    const json::Object payload{{"tenant", subscription.tenant.text}, {"subscription", subscription.id.text}};
    parts_.queue.enqueue(transaction, {.kind = std::string(job_kind), .payload = payload, .due = due});
}

Result<Subscription> Webhooks::subscribe(const NewSubscription& wanted)
{
    const auto client = parts_.clients.find_client(wanted.client_id);
    if (!client)
        return fail(ErrorKind::not_found, "webhooks.unknown_client", wanted.client_id);
    const auto url = check_address(wanted.address, parts_.neighbourhood);
    if (!url)
        return url.error();
    const auto kinds = parse_kinds(write_kinds(wanted.kinds));
    if (!kinds)
        return kinds.error();
    const auto now = parts_.clock.now();
    const Subscription subscription{
        .tenant = client->tenant,
        .id{base::ordered_id(now, parts_.random)},
        .client_id = client->id,
        .address = url->text(),
        .kinds = *kinds,
        .created_at = now,
    };
    auto transaction = begin(subscription.tenant);
    WebhookStore store(transaction);
    if (store.of_tenant(subscription.tenant).size() >= most_of_tenant)
        return fail(ErrorKind::conflict, "webhooks.too_many", "at most " + std::to_string(most_of_tenant));
    store.add(subscription);
    transaction.commit();
    return subscription;
}

Result<> Webhooks::remove(const base::TenantId& tenant, const SubscriptionId& id)
{
    auto transaction = begin(tenant);
    WebhookStore store(transaction);
    const auto found = store.find(tenant, id);
    if (!found)
        return unknown_subscription();
    store.remove(*found);
    transaction.commit();
    return base::Done{};
}

Result<Subscription> Webhooks::find(const base::TenantId& tenant, const SubscriptionId& id) const
{
    auto transaction = begin_read(tenant);
    auto found = WebhookStore(transaction).find(tenant, id);
    if (!found)
        return unknown_subscription();
    return std::move(*found);
}

std::vector<Subscription> Webhooks::list(const base::TenantId& tenant) const
{
    auto transaction = begin_read(tenant);
    return WebhookStore(transaction).of_tenant(tenant);
}

std::vector<Subscription> Webhooks::list_all() const
{
    auto transaction = parts_.database.begin_read_across_tenants();
    return WebhookStore(transaction).all();
}

std::vector<Event>
Webhooks::events_after(const base::TenantId& tenant, const EventId& last_seen, std::size_t most) const
{
    auto transaction = begin_read(tenant);
    return WebhookStore(transaction).events_after(tenant, last_seen.text, most);
}

std::vector<Event>
Webhooks::events_since(const base::TenantId& tenant, base::Instant since, std::size_t most) const
{
    return events_after(tenant, {first_id_of(since)}, most);
}

Result<int>
Webhooks::replay_from(const base::TenantId& tenant, const SubscriptionId& id, const EventId& event)
{
    auto transaction = begin(tenant);
    WebhookStore store(transaction);
    const auto found = store.find(tenant, id);
    if (!found)
        return unknown_subscription();
    if (!store.find_event(tenant, event))
        return fail(ErrorKind::not_found, "webhooks.unknown_event", event.text);
    Condition condition = found->condition;
    condition.next_attempt_at = parts_.clock.now();
    store.release(*found, condition);  // first: two replays at once take turns here
    const int added = store.add_deliveries_from(*found, event);
    nudge(transaction, *found);
    transaction.commit();
    return added;
}

void Webhooks::register_jobs(jobs::Runner& runner)
{
    runner.handle(std::string(job_kind), [this](const jobs::Job& job) -> Result<> {
        deliver(
            {std::string(job.payload.text_of("tenant"))}, {std::string(job.payload.text_of("subscription"))}
        );
        return base::Done{};
    });
    runner.every("webhooks.purge", 1h, [this] { purge(); });
}

void Webhooks::deliver(const base::TenantId& tenant, const SubscriptionId& id)
{
    for (int delivered = 0; delivered < most_in_one_job; ++delivered)
        if (!deliver_oldest(tenant, id))
            return;
    auto transaction = begin(tenant);
    if (const auto found = WebhookStore(transaction).find(tenant, id))
        nudge(transaction, *found);
    transaction.commit();
}

// False when nothing is left to do now.
bool Webhooks::deliver_oldest(const base::TenantId& tenant, const SubscriptionId& id)
{
    std::optional<Subscription> subscription;
    std::optional<Event> event;
    {
        auto transaction = begin(tenant);
        WebhookStore store(transaction);
        const auto now = parts_.clock.now();
        subscription = store.find(tenant, id);
        if (!subscription || !store.lease(*subscription, now, now + lease_time))
            return false;  // gone, somebody else's turn, or not yet
        event = store.oldest_delivery(*subscription);
        if (!event)
            return false;
        transaction.commit();
    }
    // Whoever was switched off hears nothing any more.
    if (!parts_.clients.find_client(subscription->client_id)) {
        static_cast<void>(remove(tenant, id));
        return false;
    }
    const auto request = delivery_of(*event, *subscription, parts_.public_address, parts_.neighbourhood);
    return note(*subscription, *event, request ? parts_.client.send(*request) : request.error());
}

// Keeps what came of a delivery; true when it was taken.
bool Webhooks::note(
    const Subscription& subscription, const Event& event, const Result<http::Response>& answer
)
{
    const auto now = parts_.clock.now();
    const bool is_taken = answer && answer->status >= 200 && answer->status < 300;
    auto transaction = begin(subscription.tenant);
    WebhookStore store(transaction);
    if (is_taken) {
        store.remove_delivery(subscription, event);
        store.release(subscription, after_success(now));
        transaction.commit();
        return true;
    }
    const auto wish = answer ? http::retry_after(*answer, now) : std::nullopt;
    const auto why = answer ? "answered " + std::to_string(answer->status) : answer.error().detail;
    const auto condition = after_failure(subscription.condition, why, wish, now);
    if (store.release(subscription, condition))
        nudge(transaction, subscription, condition.next_attempt_at);
    transaction.commit();
    if (parts_.report && condition.state == State::failing && subscription.condition.state == State::active)
        parts_.report(
            "subscription " + subscription.id.text + " of " + subscription.tenant.text +
            " has taken nothing for a day: " + why
        );
    return false;
}

void Webhooks::purge()
{
    auto transaction = parts_.database.begin_across_tenants();
    WebhookStore(transaction).remove_events_before(first_id_of(parts_.clock.now() - parts_.keep_for));
    transaction.commit();
}

}  // namespace webhooks
