#include "platform/payments/payments.hpp"

#include "base/ordered_id.hpp"
#include "kit/crypto/hashing.hpp"
#include "kit/crypto/sealer.hpp"
#include "kit/jobs/queue.hpp"
#include "kit/jobs/runner.hpp"
#include "kit/sql/database.hpp"
#include "platform/payments/account_store.hpp"
#include "platform/payments/check_plan.hpp"
#include "platform/payments/payment_store.hpp"
#include "platform/payments/provider.hpp"
#include "platform/payments/reckoning.hpp"

#include <algorithm>

namespace payments {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

// A page that ends sooner is not given to anybody any more: paying takes a few minutes.
constexpr std::chrono::minutes least_validity{5};
// When a check did not get an answer, and for as long nobody else makes it.
constexpr std::chrono::minutes check_again{10};
constexpr int checks_at_once = 50;

bool may_be_paid(const Payment& payment)
{
    return payment.state == State::open || payment.state == State::pending;
}

std::string owned_text(const json::Value& payload, std::string_view member)
{
    return std::string(payload.text_of(member));
}

}  // namespace

Payments::Payments(Parts parts) : parts_(std::move(parts)) {}

Payment Payments::open(sql::Transaction& transaction, const NewPayment& wanted)
{
    PaymentStore store(transaction);
    Payment payment;
    payment.tenant = transaction.tenant();
    payment.case_id = wanted.case_id;
    payment.reference = wanted.reference;
    payment.amount = wanted.amount;
    payment.booking_text = wanted.booking_text;
    payment.language = wanted.language;
    payment.created_at = parts_.clock.now();
    payment.id = {base::ordered_id(payment.created_at, parts_.random)};
    if (wanted.amount.minor == 0) {
        payment.state = State::paid;
        payment.paid_at = payment.created_at;
    }
    if (!store.add(payment))
        return store.find_by_case(wanted.case_id).value();
    if (payment.state == State::paid)
        parts_.announce_paid(transaction, payment, payment.id.text);
    return payment;
}

std::optional<Payment> Payments::of_case(sql::Transaction& transaction, const cases::CaseId& id) const
{
    return PaymentStore(transaction).find_by_case(id);
}

Result<std::string>
Payments::start(const base::TenantId& tenant, const cases::CaseId& id, const std::string& return_url)
{
    std::optional<Payment> payment;
    std::optional<KeptGateway> page;
    std::optional<Account> account;
    {
        // Only reading: the writer's turn is kept for those who have something to write.
        auto reads = parts_.database.begin_read(tenant);
        payment = PaymentStore(reads).find_by_case(id);
        if (payment)
            page = PaymentStore(reads).newest_gateway(payment->id);
        account = AccountStore(reads, parts_.sealer).find();
    }
    if (!payment)
        return fail(ErrorKind::not_found, "payments.unknown");
    if (!may_be_paid(*payment))
        return fail(ErrorKind::conflict, "payments.nothing_to_pay");
    if (page && page->valid_until > parts_.clock.now() + least_validity)
        return return_to_page(*payment, *page);
    if (!account)
        return fail(ErrorKind::unavailable, "payments.no_account", "tenant " + tenant.text);

    const Demand demand{
        payment->reference,
        payment->amount,
        payment->booking_text,
        payment->language,
        return_url,
        parts_.rules.link_validity,
    };
    const auto gateway = parts_.provider.start(*account, demand);
    if (!gateway)
        return fail(ErrorKind::unavailable, "payments.provider_unavailable", gateway.error().detail);
    return keep_page(*payment, *gateway);
}

Result<std::string> Payments::return_to_page(const Payment& payment, const KeptGateway& page)
{
    auto transaction = parts_.database.begin(payment.tenant);
    PaymentStore store(transaction);
    auto present = store.lock(payment.id);
    if (!present || !may_be_paid(*present))  // it ended a moment ago
        return fail(ErrorKind::conflict, "payments.nothing_to_pay");
    send_to_provider(store, *present);
    transaction.commit();
    return page.link;
}

Result<std::string> Payments::keep_page(const Payment& payment, const Gateway& gateway)
{
    const auto now = parts_.clock.now();
    KeptGateway page{
        payment.tenant,
        gateway.id,
        payment.id,
        gateway.link,
        now,
        now + parts_.rules.link_validity,
        std::nullopt};
    page.next_check_at = next_check(page, now);

    auto transaction = parts_.database.begin(payment.tenant);
    PaymentStore store(transaction);
    auto present = store.lock(payment.id);
    store.add_gateway(page);
    const bool is_open = may_be_paid(*present);
    if (is_open)
        send_to_provider(store, *present);
    else  // it ended while the provider made the page
        parts_.queue.enqueue(transaction, {"payments.withdraw", json::Object{{"gateway", gateway.id}}});
    transaction.commit();
    if (!is_open)
        return fail(ErrorKind::conflict, "payments.nothing_to_pay");
    return gateway.link;
}

Result<>
Payments::take_webhook(const base::TenantId& tenant, std::string_view body, std::string_view signature)
{
    const auto account = account_of(tenant);
    if (!account || !parts_.provider.is_signed(*account, body, signature))
        return fail(ErrorKind::forbidden, "payments.webhook_not_signed");
    const auto hint = parts_.provider.read_webhook(body);
    if (!hint)
        return hint.error();

    auto transaction = parts_.database.begin(tenant);
    // Two partial refunds have the same identity and status: only the whole message tells them apart.
    const Delivery delivery{hint->uuid, hint->status, crypto::sha256_hex(body), hint->transaction_id};
    if (PaymentStore(transaction).add_delivery(delivery, parts_.clock.now()))
        parts_.queue.enqueue(
            transaction, {"payments.follow_up", json::Object{{"transaction", hint->transaction_id}}}
        );
    transaction.commit();
    return base::Done{};
}

Result<> Payments::follow_up(const base::TenantId& tenant, const std::string& transaction_id)
{
    const auto account = account_of(tenant);
    if (!account)
        return base::Done{};  // the account was removed: nobody is left to ask
    auto reading = parts_.provider.read_transaction(*account, transaction_id);
    if (!reading && reading.error().kind == ErrorKind::not_found)
        return base::Done{};
    if (!reading)
        return reading.error();
    if (!reading->original_uuid.empty()) {
        // A refund in the provider's books as a transaction of its own: what it changes is the original.
        const auto original = known_reading(tenant, reading->original_uuid);
        if (!original)
            return base::Done{};
        reading = parts_.provider.read_transaction(*account, original->transaction_id);
        if (!reading)
            return reading.error();
    }
    auto transaction = parts_.database.begin(tenant);
    reckon(parts_, transaction, *reading);
    transaction.commit();
    return base::Done{};
}

std::optional<Reading> Payments::known_reading(const base::TenantId& tenant, const std::string& uuid)
{
    auto reads = parts_.database.begin_read(tenant);
    const auto kept = PaymentStore(reads).find_reading(uuid);
    return kept ? std::optional(kept->reading) : std::nullopt;
}

Result<> Payments::ask_about_page(const KeptGateway& page, bool& is_settled)
{
    const auto account = account_of(page.tenant);
    is_settled = !account;
    if (!account)
        return base::Done{};
    const auto readings = parts_.provider.read_gateway(*account, page.id);
    if (!readings && readings.error().kind == ErrorKind::not_found) {
        is_settled = true;
        return base::Done{};
    }
    if (!readings)
        return readings.error();
    for (const Reading& reading : *readings) {
        auto transaction = parts_.database.begin(page.tenant);
        reckon(parts_, transaction, reading);
        transaction.commit();
        is_settled = is_settled || reading.progress == Progress::paid;
    }
    return base::Done{};
}

Result<> Payments::withdraw(const base::TenantId& tenant, const std::string& gateway_id)
{
    std::optional<KeptGateway> page;
    {
        auto reads = parts_.database.begin_read(tenant);
        page = PaymentStore(reads).find_gateway(gateway_id);
    }
    if (!page)
        return base::Done{};
    bool is_settled = false;
    const auto asked = ask_about_page(*page, is_settled);
    if (!asked)
        return asked.error();
    const auto account = account_of(tenant);
    if (!is_settled && account) {
        const auto withdrawn = parts_.provider.withdraw(*account, gateway_id);
        if (!withdrawn && withdrawn.error().kind != ErrorKind::not_found)
            return withdrawn.error();
    }
    return base::Done{};
}

void Payments::close(sql::Transaction& transaction, const cases::CaseId& id)
{
    PaymentStore store(transaction);
    const auto found = store.find_by_case(id);
    if (!found)
        return;
    auto payment = store.lock(found->id).value();
    if (may_be_paid(payment)) {
        payment.state = State::expired;
        store.save(payment);
        for (const KeptGateway& page : store.gateways(payment.id))
            if (page.valid_until > parts_.clock.now())
                parts_.queue.enqueue(transaction, {"payments.withdraw", json::Object{{"gateway", page.id}}});
    } else if (payment.state == State::paid && !payment.paid_by.empty()) {
        // The money and the end of the order crossed each other.
        want_refund(parts_, transaction, payment, "ended:" + payment.id.text, std::chrono::minutes(0));
    }
}

int Payments::sweep()
{
    const auto now = parts_.clock.now();
    std::vector<KeptGateway> due;
    {
        auto reads = parts_.database.begin_read_across_tenants();
        due = PaymentStore(reads).due_gateways(now, checks_at_once);
    }
    int asked = 0;
    for (const KeptGateway& page : due) {
        {
            auto transaction = parts_.database.begin(page.tenant);
            const bool is_ours = PaymentStore(transaction).take_check(page, now + check_again);
            transaction.commit();
            if (!is_ours)
                continue;
        }
        ++asked;
        bool is_settled = false;
        if (!ask_about_page(page, is_settled))
            continue;  // the check stays planned
        auto transaction = parts_.database.begin(page.tenant);
        PaymentStore(transaction).plan_check(page.id, is_settled ? std::nullopt : next_check(page, now));
        transaction.commit();
    }
    return asked;
}

void Payments::register_jobs(jobs::Runner& runner)
{
    // Each of these only reads the provider and reckons, or knows by its key what it did before: running
    // twice is harmless.
    runner.handle("payments.follow_up", [this](const jobs::Job& job) {
        return follow_up(job.tenant, owned_text(job.payload, "transaction"));
    });
    runner.handle("payments.withdraw", [this](const jobs::Job& job) {
        return withdraw(job.tenant, owned_text(job.payload, "gateway"));
    });
    runner.handle("payments.refund", [this](const jobs::Job& job) -> Result<> {
        const auto paid_back = carry_out(job.tenant, owned_text(job.payload, "refund"));
        const bool is_settled = paid_back || paid_back.error().kind == ErrorKind::conflict;
        return is_settled ? Result<>(base::Done{}) : paid_back.error();
    });
    runner.every("payments.sweep", std::chrono::seconds(60), [this] { sweep(); });
}

void Payments::set_account(sql::Transaction& transaction, const Account& account)
{
    AccountStore(transaction, parts_.sealer).save(account);
}

std::optional<Account> Payments::account_of(const base::TenantId& tenant)
{
    auto reads = parts_.database.begin_read(tenant);
    return AccountStore(reads, parts_.sealer).find();
}

}  // namespace payments
