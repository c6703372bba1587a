#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "kit/json/json.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace webhooks {

using EventId = base::Id<struct EventTag>;
using SubscriptionId = base::Id<struct SubscriptionTag>;

// Everything that can be subscribed to: "order.submitted", "order.completed", …
std::span<const std::string_view> event_kinds();

using Kinds = std::vector<std::string>;
// Words of that list, separated by spaces. `invalid` names the word that is none, or says that there is no
// word.
base::Result<Kinds> parse_kinds(std::string_view text);
std::string write_kinds(const Kinds& kinds);

// Something that happened at an authority.
struct Event {
    base::TenantId tenant;
    EventId id;  // rises with time
    std::string kind;
    std::string subject;  // the reference of the order: "AG-4001-7K3M-9QXP"
    json::Value data;     // ids and names of things, never of people
    base::Instant happened_at;
};

// Failing: nothing could be delivered for a day. It is tried less often then.
enum class State { active, failing };
std::string_view name_of(State state);

// How the last deliveries went.
struct Condition {
    State state = State::active;
    int failures = 0;  // in a row
    std::optional<base::Instant> failed_since = {};
    std::string last_error = {};  // what the last failure was: "answered 503"
    std::optional<base::Instant> last_delivered_at = {};
    base::Instant next_attempt_at = {};
};

// The condition after an attempt. `wish` is how long the other side asks to be left alone.
Condition after_success(base::Instant now);
Condition after_failure(
    const Condition& before,
    std::string error,
    std::optional<std::chrono::milliseconds> wish,
    base::Instant now
);

// A client that is told.
struct Subscription {
    base::TenantId tenant;  // "canton": hears of every authority
    SubscriptionId id;
    std::string client_id;
    std::string address;
    Kinds kinds;
    base::Instant created_at;
    Condition condition = {};
    int waiting = 0;  // events that are not delivered yet
};

}  // namespace webhooks
