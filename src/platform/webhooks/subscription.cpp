#include "platform/webhooks/subscription.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace webhooks {

using base::ErrorKind;
using base::fail;
using base::Result;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view all_kinds[] = {
    "order.submitted",
    "order.paid",
    "order.in_progress",
    "order.with_clerk",
    "order.completed",
    "order.refused",
    "order.expired",
    "order.withdrawn",
};

constexpr std::chrono::milliseconds first_pause = 5s;
constexpr std::chrono::milliseconds longest_pause = 1h;
constexpr std::chrono::milliseconds pause_of_failing = 6h;
constexpr auto patience = 24h;

std::chrono::milliseconds pause_after(int failures)
{
    constexpr int doublings = 10;  // then it is longer than the longest anyway
    return std::min(longest_pause, first_pause * (1 << std::min(failures - 1, doublings)));
}

}  // namespace

std::span<const std::string_view> event_kinds()
{
    return all_kinds;
}

Result<Kinds> parse_kinds(std::string_view text)
{
    Kinds kinds;
    for (const auto word : base::split(text, ' ')) {
        if (word.empty() || std::ranges::find(kinds, word) != kinds.end())
            continue;
        if (std::ranges::find(all_kinds, word) == std::end(all_kinds))
            return fail(ErrorKind::invalid, "webhooks.unknown_kind", std::string(word));
        kinds.emplace_back(word);
    }
    if (kinds.empty())
        return fail(ErrorKind::invalid, "webhooks.no_kinds", "at least one kind of event expected");
    return kinds;
}

std::string write_kinds(const Kinds& kinds)
{
    return base::join(kinds, " ");
}

std::string_view name_of(State state)
{
    return state == State::active ? "active" : "failing";
}

Condition after_success(base::Instant now)
{
    return {.last_delivered_at = now, .next_attempt_at = now};
}

Condition after_failure(
    const Condition& before,
    std::string error,
    std::optional<std::chrono::milliseconds> wish,
    base::Instant now
)
{
    Condition after = before;
    ++after.failures;
    after.failed_since = before.failed_since.value_or(now);
    after.last_error = std::move(error);
    if (now - *after.failed_since >= patience)
        after.state = State::failing;
    const auto pause = after.state == State::failing ? pause_of_failing : pause_after(after.failures);
    after.next_attempt_at = now + std::max(pause, std::min(wish.value_or(0ms), pause_of_failing));
    return after;
}

}  // namespace webhooks
