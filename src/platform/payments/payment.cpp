#include "platform/payments/payment.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace payments {

namespace {

template <class Value, std::size_t size>
using Names = std::array<std::pair<Value, std::string_view>, size>;

constexpr Names<State, 8> state_names{{
    {State::open, "open"},
    {State::pending, "pending"},
    {State::paid, "paid"},
    {State::expired, "expired"},
    {State::refunding, "refunding"},
    {State::partly_refunded, "partly_refunded"},
    {State::refunded, "refunded"},
    {State::manual, "manual"},
}};

constexpr Names<Progress, 12> progress_names{{
    {Progress::waiting, "waiting"},
    {Progress::reserved, "reserved"},
    {Progress::paid, "paid"},
    {Progress::cancelled, "cancelled"},
    {Progress::declined, "declined"},
    {Progress::failed, "failed"},
    {Progress::expired, "expired"},
    {Progress::refunding, "refunding"},
    {Progress::partly_refunded, "partly_refunded"},
    {Progress::refunded, "refunded"},
    {Progress::disputed, "disputed"},
    {Progress::unknown, "unknown"},
}};

constexpr Transition all_transitions[] = {
    {State::open, State::pending, "the payer was sent to the provider's page"},
    {State::open, State::paid, "the money came while no attempt was known to run"},
    {State::open, State::expired, "the order ended unpaid"},
    {State::open, State::manual, "what arrived is not what was owed"},
    {State::pending, State::open, "the attempt was declined, cancelled or failed; another one is possible"},
    {State::pending, State::paid, "the provider has the money"},
    {State::pending, State::expired, "the order ended unpaid"},
    {State::pending, State::manual, "what arrived is not what was owed"},
    {State::paid, State::refunding, "we asked the provider to pay back, or its back office did"},
    {State::paid, State::partly_refunded, "a part was paid back at the provider's back office"},
    {State::paid, State::refunded, "all was paid back at the provider's back office"},
    {State::paid, State::manual, "the payer disputes the payment"},
    {State::expired, State::manual, "the payer disputes money that came too late"},
    {State::refunding, State::partly_refunded, "the provider has paid back a part"},
    {State::refunding, State::refunded, "the provider has paid back all"},
    {State::refunding, State::manual, "the provider refuses to pay back, or the payer disputes"},
    {State::partly_refunded, State::refunding, "the rest is asked back"},
    {State::partly_refunded, State::refunded, "the rest was paid back"},
    {State::partly_refunded, State::manual, "the provider refuses to pay back, or the payer disputes"},
    {State::refunded, State::manual, "the payer disputes what was paid back already"},
};

template <class Value, std::size_t size>
std::string_view name_in(const Names<Value, size>& names, Value value)
{
    return std::ranges::find(names, value, &std::pair<Value, std::string_view>::first)->second;
}

template <class Value, std::size_t size>
std::optional<Value> value_in(const Names<Value, size>& names, std::string_view name)
{
    const auto found = std::ranges::find(names, name, &std::pair<Value, std::string_view>::second);
    return found == names.end() ? std::nullopt : std::optional(found->first);
}

bool awaits_money(State state)
{
    return state == State::open || state == State::pending;
}

Verdict judge_money(const Payment& payment, const Reading& reading, bool accepts_test_payments)
{
    if (reading.uuid == payment.paid_by || payment.state == State::manual)
        return Verdict::nothing;
    const bool is_real = !reading.is_test || accepts_test_payments;
    if (!awaits_money(payment.state))
        return is_real ? Verdict::surplus : Verdict::nothing;
    return is_real && reading.amount == payment.amount ? Verdict::paid : Verdict::mismatch;
}

}  // namespace

std::string_view name_of(State state)
{
    return name_in(state_names, state);
}

std::optional<State> parse_state(std::string_view name)
{
    return value_in(state_names, name);
}

std::string_view name_of(Progress progress)
{
    return name_in(progress_names, progress);
}

std::optional<Progress> parse_progress(std::string_view name)
{
    return value_in(progress_names, name);
}

std::span<const Transition> transitions()
{
    return all_transitions;
}

bool may_become(State from, State to)
{
    return std::ranges::any_of(all_transitions, [&](const Transition& transition) {
        return transition.from == from && transition.to == to;
    });
}

Verdict judge(const Payment& payment, const Reading& reading, bool accepts_test_payments)
{
    switch (reading.progress) {
    case Progress::paid: return judge_money(payment, reading, accepts_test_payments);
    case Progress::cancelled:
    case Progress::declined:
    case Progress::failed:
        return payment.state == State::pending ? Verdict::attempt_failed : Verdict::nothing;
    case Progress::refunding:
    case Progress::partly_refunded:
    case Progress::refunded:
        if (reading.uuid == payment.paid_by)
            return Verdict::refund_news;
        // Paid and partly paid back before we heard of it: what is left is not what was owed.
        return reading.progress == Progress::partly_refunded && awaits_money(payment.state)
                   ? Verdict::mismatch
                   : Verdict::nothing;
    case Progress::disputed: return payment.state == State::manual ? Verdict::nothing : Verdict::disputed;
    case Progress::waiting:
    case Progress::reserved:
    case Progress::expired:
    case Progress::unknown: return Verdict::nothing;
    }
    return Verdict::nothing;
}

bool is_older(const Reading& reading, const Reading& known)
{
    const auto stage = [](Progress progress) {
        switch (progress) {
        case Progress::waiting:
        case Progress::reserved:
        case Progress::unknown: return 0;
        case Progress::cancelled:
        case Progress::declined:
        case Progress::failed:
        case Progress::expired: return 1;
        case Progress::paid: return 2;
        case Progress::refunding:
        case Progress::partly_refunded:
        case Progress::refunded:
        case Progress::disputed: return 3;
        }
        return 0;
    };
    return stage(reading.progress) < stage(known.progress) || reading.refunded < known.refunded;
}

}  // namespace payments
