#include "platform/payments/reckoning.hpp"

#include "kit/jobs/queue.hpp"
#include "kit/sql/database.hpp"
#include "platform/cases/cases.hpp"
#include "platform/payments/payment_store.hpp"

#include <stdexcept>

namespace payments {

namespace {

constexpr std::chrono::minutes at_once{0};

void change(Payment& payment, State target)
{
    if (!may_become(payment.state, target))
        throw std::logic_error(
            "payments: no way from " + std::string(name_of(payment.state)) + " to " +
            std::string(name_of(target))
        );
    payment.state = target;
}

void tell(
    const Parts& parts,
    sql::Transaction& transaction,
    const Payment& payment,
    std::string kind,
    bool is_public
)
{
    parts.cases.record(
        transaction, payment.case_id, {parts.clock.now(), std::move(kind), "system", {}, is_public}
    );
}

void add_refund(
    const Parts& parts,
    sql::Transaction& transaction,
    const Payment& payment,
    const Reading& paid,
    std::string key,
    std::chrono::minutes patience
)
{
    Refund refund;
    refund.key = std::move(key);
    refund.payment_id = payment.id;
    refund.uuid = paid.uuid;
    refund.transaction_id = paid.transaction_id;
    refund.amount = {paid.amount.minor - paid.refunded.minor, paid.amount.currency};
    if (refund.amount.minor > 0 && PaymentStore(transaction).add_refund(refund, parts.clock.now()))
        parts.queue.enqueue(
            transaction,
            {.kind = "payments.refund",
             .payload = json::Object{{"refund", refund.key}},
             .due = parts.clock.now() + patience}
        );
}

void take_money(const Parts& parts, sql::Transaction& transaction, Payment& payment, const Reading& reading)
{
    change(payment, State::paid);
    payment.paid_by = reading.uuid;
    payment.method = reading.method;
    payment.paid_at = parts.clock.now();
    payment.failed_attempt.reset();
    PaymentStore(transaction).save(payment);
    tell(parts, transaction, payment, "paid", /*is_public=*/true);
    parts.announce_paid(transaction, payment, reading.uuid);
}

void note_failure(const Parts& parts, sql::Transaction& transaction, Payment& payment, const Reading& reading)
{
    change(payment, State::open);
    payment.failed_attempt = reading.progress;
    PaymentStore(transaction).save(payment);
    tell(parts, transaction, payment, "payment_failed", /*is_public=*/true);
}

void note_refund(const Parts& parts, sql::Transaction& transaction, Payment& payment, const Reading& reading)
{
    const State target = reading.progress == Progress::refunding         ? State::refunding
                         : reading.progress == Progress::partly_refunded ? State::partly_refunded
                                                                         : State::refunded;
    if (target == payment.state || !may_become(payment.state, target))
        return;
    change(payment, target);
    PaymentStore(transaction).save(payment);
    if (target != State::refunding)
        tell(parts, transaction, payment, "refunded", /*is_public=*/true);
}

std::string mismatch_note(const Payment& payment, const Reading& reading)
{
    const auto show = [](const base::Money& money) {
        return std::to_string(money.minor) + " " + money.currency;
    };
    return "transaction " + reading.transaction_id + ": owed " + show(payment.amount) + ", arrived " +
           show(reading.amount) + (reading.is_test ? " (test mode)" : "");
}

}  // namespace

void reckon(const Parts& parts, sql::Transaction& transaction, const Reading& reading)
{
    PaymentStore store(transaction);
    const auto found = store.find_by_reference(reading.reference);
    if (!found)
        return;  // a municipality may sell other things through the same account
    Payment payment = store.lock(found->id).value();
    const auto known = store.find_reading(reading.uuid);
    if (known && (known->payment_id != payment.id || is_older(reading, known->reading)))
        return;
    const bool is_news = !known || known->reading.progress != reading.progress;
    store.keep_reading(payment.id, reading, parts.clock.now());

    switch (judge(payment, reading, parts.rules.accepts_test_payments)) {
    case Verdict::nothing: break;
    case Verdict::attempt_failed:
        if (is_news)  // the sweep reads it again, while the payer may be at the next attempt
            note_failure(parts, transaction, payment, reading);
        break;
    case Verdict::paid: take_money(parts, transaction, payment, reading); break;
    case Verdict::surplus:
        add_refund(parts, transaction, payment, reading, "surplus:" + reading.uuid, at_once);
        break;
    case Verdict::refund_news: note_refund(parts, transaction, payment, reading); break;
    case Verdict::mismatch:
        hand_to_person(parts, transaction, payment, mismatch_note(payment, reading));
        break;
    case Verdict::disputed:
        hand_to_person(parts, transaction, payment, "transaction " + reading.transaction_id + " is disputed");
        break;
    }
}

void send_to_provider(PaymentStore& store, Payment& payment)
{
    if (payment.state == State::open)
        change(payment, State::pending);
    payment.failed_attempt.reset();
    store.save(payment);
}

void want_refund(
    const Parts& parts,
    sql::Transaction& transaction,
    const Payment& payment,
    const std::string& key,
    std::chrono::minutes patience
)
{
    const auto paid = PaymentStore(transaction).find_reading(payment.paid_by);
    if (paid)
        add_refund(parts, transaction, payment, paid->reading, key, patience);
}

void hand_to_person(const Parts& parts, sql::Transaction& transaction, Payment& payment, std::string note)
{
    if (!may_become(payment.state, State::manual))
        return;
    change(payment, State::manual);
    payment.manual_note = std::move(note);
    PaymentStore(transaction).save(payment);
    tell(parts, transaction, payment, "incident", /*is_public=*/false);
}

}  // namespace payments
