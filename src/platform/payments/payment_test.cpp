#include "platform/payments/check_plan.hpp"
#include "platform/payments/payment.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace payments;
using namespace std::chrono_literals;

namespace {

Payment payment_in(State state)
{
    Payment payment;
    payment.state = state;
    payment.amount = {3000, "CHF"};
    return payment;
}

Reading reading_of(Progress progress)
{
    Reading reading;
    reading.uuid = "a1";
    reading.progress = progress;
    reading.amount = {3000, "CHF"};
    reading.refunded = {0, "CHF"};
    return reading;
}

}  // namespace

TEST_CASE("every state has a name and every transition a reason")
{
    for (const Transition& transition : transitions()) {
        CHECK(parse_state(name_of(transition.from)) == transition.from);
        CHECK(parse_state(name_of(transition.to)) == transition.to);
        CHECK_FALSE(transition.reason.empty());
        CHECK(transition.from != transition.to);
    }
    CHECK_FALSE(parse_state("stolen"));
}

TEST_CASE("nothing leads back from an ended payment to an open one")
{
    for (const State ended :
         {State::paid, State::expired, State::refunding, State::refunded, State::manual}) {
        CHECK_FALSE(may_become(ended, State::open));
        CHECK_FALSE(may_become(ended, State::pending));
    }
    CHECK_FALSE(may_become(State::expired, State::paid));
}

TEST_CASE("money counts only when it is exactly what was owed, and real")
{
    CHECK(judge(payment_in(State::pending), reading_of(Progress::paid), false) == Verdict::paid);

    auto less = reading_of(Progress::paid);
    less.amount.minor = 2999;
    CHECK(judge(payment_in(State::pending), less, false) == Verdict::mismatch);

    auto euros = reading_of(Progress::paid);
    euros.amount.currency = "EUR";
    CHECK(judge(payment_in(State::pending), euros, false) == Verdict::mismatch);

    auto test = reading_of(Progress::paid);
    test.is_test = true;
    CHECK(judge(payment_in(State::pending), test, false) == Verdict::mismatch);
    CHECK(judge(payment_in(State::pending), test, true) == Verdict::paid);
}

TEST_CASE("money for an order that has ended, or was paid already, goes back")
{
    CHECK(judge(payment_in(State::expired), reading_of(Progress::paid), false) == Verdict::surplus);

    auto paid = payment_in(State::paid);
    paid.paid_by = "another";
    CHECK(judge(paid, reading_of(Progress::paid), false) == Verdict::surplus);
    paid.paid_by = "a1";
    CHECK(judge(paid, reading_of(Progress::paid), false) == Verdict::nothing);
}

TEST_CASE("a declined attempt matters only while somebody is paying")
{
    CHECK(
        judge(payment_in(State::pending), reading_of(Progress::declined), false) == Verdict::attempt_failed
    );
    CHECK(judge(payment_in(State::paid), reading_of(Progress::declined), false) == Verdict::nothing);
    CHECK(judge(payment_in(State::pending), reading_of(Progress::unknown), false) == Verdict::nothing);
}

TEST_CASE("an answer that was overtaken is recognised as old")
{
    CHECK(is_older(reading_of(Progress::waiting), reading_of(Progress::paid)));
    CHECK(is_older(reading_of(Progress::paid), reading_of(Progress::refunding)));
    CHECK_FALSE(is_older(reading_of(Progress::paid), reading_of(Progress::waiting)));

    auto part = reading_of(Progress::partly_refunded);
    part.refunded.minor = 1000;
    auto more = part;
    more.refunded.minor = 2000;
    CHECK(is_older(part, more));
    CHECK_FALSE(is_older(more, part));
}

TEST_CASE("a payment page is looked at after 2, 10 and 60 minutes, then daily, until a day after its end")
{
    KeptGateway page;
    page.created_at = base::Instant(std::chrono::hours(1'000'000));
    page.valid_until = page.created_at + 24h;
    const auto check_after = [&](std::chrono::minutes passed) {
        const auto next = next_check(page, page.created_at + passed);
        return next ? std::optional(*next - page.created_at) : std::nullopt;
    };

    CHECK(check_after(0min) == 2min);
    CHECK(check_after(2min) == 10min);
    CHECK(check_after(10min) == 60min);
    CHECK(check_after(60min) == 24h);
    CHECK(check_after(24h) == 48h);
    CHECK_FALSE(check_after(48h));
}
