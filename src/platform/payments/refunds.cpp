// Paying back, the part of Payments that must never happen twice.
#include "kit/sql/database.hpp"
#include "platform/cases/cases.hpp"
#include "platform/payments/payment_store.hpp"
#include "platform/payments/payments.hpp"
#include "platform/payments/provider.hpp"
#include "platform/payments/reckoning.hpp"

namespace payments {

using base::ErrorKind;
using base::fail;
using base::Money;
using base::Result;

namespace {

// After asking, the provider's books are believed to show it, or to never will.
constexpr std::chrono::minutes books_lag{2};

// So long the caller of refund() tries by itself before a job does.
constexpr std::chrono::minutes own_try{5};

base::Error not_sure(std::string detail)
{
    return fail(ErrorKind::unavailable, "payments.refund_under_way", std::move(detail));
}

base::Error refused()
{
    return fail(ErrorKind::conflict, "payments.refund_refused");
}

// What the provider's books say about a refund before we ask for it (again).
enum class Standing { to_ask, running, done };

Standing standing_of(const Refund& refund, const Reading& reading)
{
    if (reading.progress == Progress::refunding)
        return Standing::running;
    const bool was_asked = refund.state == RefundState::asked;
    if (was_asked && reading.refunded.minor >= refund.refunded_before + refund.amount.minor)
        return Standing::done;
    return reading.refunded == reading.amount ? Standing::done : Standing::to_ask;
}

// Notes the end of a refund, whoever noticed it first.
void finish(const Parts& parts, const base::TenantId& tenant, const Refund& refund, const Reading& reading)
{
    auto transaction = parts.database.begin(tenant);
    PaymentStore store(transaction);
    Refund done = refund;
    done.state = RefundState::done;
    if (store.change_refund(refund, done)) {
        reckon(parts, transaction, reading);
        const auto payment = store.find(refund.payment_id);
        if (payment && payment->paid_by != refund.uuid)  // money that came too late or twice
            parts.cases.record(
                transaction, payment->case_id, {parts.clock.now(), "refunded", "system", {}, true}
            );
    }
    transaction.commit();
}

// Writes down that the provider is asked now: whoever comes next looks into its books first.
bool claim(const Parts& parts, const base::TenantId& tenant, Refund& refund, const Reading& reading)
{
    auto transaction = parts.database.begin(tenant);
    PaymentStore store(transaction);
    auto payment = store.lock(refund.payment_id).value();
    // Two refunds of one transaction at a time could not be told apart in the books.
    if (store.refunds_under_way(refund.uuid, refund.key) > 0)
        return false;
    Refund asked = refund;
    asked.state = RefundState::asked;
    asked.asked_at = parts.clock.now();
    asked.refunded_before = reading.refunded.minor;
    asked.amount.minor = std::min(refund.amount.minor, reading.amount.minor - reading.refunded.minor);
    if (!store.change_refund(refund, asked))
        return false;
    if (payment.paid_by == refund.uuid && may_become(payment.state, State::refunding)) {
        payment.state = State::refunding;
        store.save(payment);
    }
    transaction.commit();
    refund = asked;
    return true;
}

// The provider has refused for good, or has not been asked after all (`back_to_wanted`).
void give_up(const Parts& parts, const base::TenantId& tenant, const Refund& refund, RefundState state)
{
    auto transaction = parts.database.begin(tenant);
    PaymentStore store(transaction);
    Refund changed = refund;
    changed.state = state;
    if (store.change_refund(refund, changed) && state == RefundState::refused) {
        auto payment = store.lock(refund.payment_id).value();
        hand_to_person(
            parts,
            transaction,
            payment,
            "the provider refuses to pay back transaction " + refund.transaction_id
        );
    }
    transaction.commit();
}

}  // namespace

Result<Money> Payments::refund(const base::TenantId& tenant, const cases::CaseId& id, const std::string& key)
{
    {
        auto transaction = parts_.database.begin(tenant);
        PaymentStore store(transaction);
        auto payment = store.find_by_case(id);
        if (!payment)
            return Money{};
        if (payment->state == State::manual)
            return refused();
        want_refund(parts_, transaction, *payment, key, own_try);
        const bool has_any = store.find_refund(key).has_value();
        transaction.commit();
        if (!has_any)
            return Money{0, payment->amount.currency};
    }
    return carry_out(tenant, key);
}

Result<Money> Payments::carry_out(const base::TenantId& tenant, const std::string& refund_key)
{
    std::optional<Refund> refund;
    {
        auto reads = parts_.database.begin_read(tenant);
        refund = PaymentStore(reads).find_refund(refund_key);
    }
    if (!refund)
        return Money{};
    if (refund->state == RefundState::done)
        return refund->amount;
    if (refund->state == RefundState::refused)
        return refused();
    if (refund->state == RefundState::asked && refund->asked_at + books_lag > parts_.clock.now())
        return not_sure("asked just now");

    const auto account = account_of(tenant);
    if (!account)
        return not_sure("the tenant has no account");
    const auto reading = parts_.provider.read_transaction(*account, refund->transaction_id);
    if (!reading)
        return not_sure(reading.error().detail);
    switch (standing_of(*refund, *reading)) {
    case Standing::done: finish(parts_, tenant, *refund, *reading); return refund->amount;
    case Standing::running: return not_sure("the provider is at it");
    case Standing::to_ask: break;
    }
    if (!claim(parts_, tenant, *refund, *reading))
        return not_sure("somebody else is at it");
    return ask_back(tenant, *account, *refund);
}

Result<Money> Payments::ask_back(const base::TenantId& tenant, const Account& account, const Refund& refund)
{
    const auto answer = parts_.provider.refund(account, refund.transaction_id, refund.amount);
    if (!answer && answer.error().kind == ErrorKind::forbidden) {
        give_up(parts_, tenant, refund, RefundState::wanted);
        return not_sure(answer.error().detail);
    }
    if (!answer && answer.error().kind != ErrorKind::unavailable) {
        give_up(parts_, tenant, refund, RefundState::refused);
        return refused();
    }
    if (!answer)
        return not_sure(answer.error().detail);
    const auto after = parts_.provider.read_transaction(account, refund.transaction_id);
    if (!after || after->refunded.minor < refund.refunded_before + refund.amount.minor)
        return not_sure("the provider has taken it and is at it");
    finish(parts_, tenant, refund, *after);
    return refund.amount;
}

}  // namespace payments
