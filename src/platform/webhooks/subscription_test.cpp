#include "platform/webhooks/subscription.hpp"

#include <doctest/doctest.h>

using namespace webhooks;
using namespace std::chrono_literals;

namespace {

const base::Instant noon{std::chrono::sys_days{std::chrono::year{2030} / 5 / 6} + 12h};

}  // namespace

TEST_CASE("kinds are words of the list, each once")
{
    CHECK(
        parse_kinds(" order.paid  order.completed order.paid").value() ==
        Kinds{"order.paid", "order.completed"}
    );
    CHECK(parse_kinds("order.paid order.stolen").error().detail == "order.stolen");
    CHECK(parse_kinds(" ").error().message_key == "webhooks.no_kinds");
}

TEST_CASE("who takes nothing is tried after longer and longer pauses, at most an hour")
{
    Condition condition;
    std::vector<std::chrono::milliseconds> pauses;
    for (int attempt = 0; attempt < 40; ++attempt) {
        condition = after_failure(condition, "answered 503", {}, noon);
        pauses.push_back(condition.next_attempt_at - noon);
    }

    CHECK(pauses[0] == 5s);
    CHECK(pauses[1] == 10s);
    CHECK(pauses[2] == 20s);
    CHECK(pauses[9] == 2560s);
    CHECK(pauses[10] == 1h);
    CHECK(pauses[39] == 1h);
    CHECK(condition.state == State::active);
    CHECK(condition.last_error == "answered 503");
}

TEST_CASE("after a day without success a subscription fails, and is tried every six hours")
{
    auto condition = after_failure({}, "answered 503", {}, noon);
    condition = after_failure(condition, "answered 503", {}, noon + 23h);
    CHECK(condition.state == State::active);

    condition = after_failure(condition, "answered 503", {}, noon + 24h);

    CHECK(condition.state == State::failing);
    CHECK(condition.failed_since == noon);
    CHECK(condition.next_attempt_at == noon + 30h);
    const auto mended = after_success(noon + 30h);
    CHECK(mended.state == State::active);
    CHECK(mended.failures == 0);
    CHECK(mended.last_delivered_at == noon + 30h);
}

TEST_CASE("a wish to be left alone counts where it is longer, up to six hours")
{
    CHECK(after_failure({}, "", 1s, noon).next_attempt_at == noon + 5s);
    CHECK(after_failure({}, "", 2h, noon).next_attempt_at == noon + 2h);
    CHECK(after_failure({}, "", 1000h, noon).next_attempt_at == noon + 6h);
}
