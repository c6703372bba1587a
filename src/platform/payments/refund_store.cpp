// The half of PaymentStore that knows the table of refunds.
#include "platform/payments/payment_store.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace payments {

namespace {

constexpr std::array<std::pair<RefundState, std::string_view>, 4> state_names{{
    {RefundState::wanted, "wanted"},
    {RefundState::asked, "asked"},
    {RefundState::done, "done"},
    {RefundState::refused, "refused"},
}};

std::string state_name(RefundState state)
{
    return std::string(
        std::ranges::find(state_names, state, &std::pair<RefundState, std::string_view>::first)->second
    );
}

RefundState state_of(std::string_view name)
{
    const auto found =
        std::ranges::find(state_names, name, &std::pair<RefundState, std::string_view>::second);
    if (found == state_names.end())
        throw std::runtime_error("payments: a refund in a state that this program does not know");
    return found->first;
}

}  // namespace

bool PaymentStore::add_refund(const Refund& refund, base::Instant now)
{
    static constexpr sql::Statement statement{
        "INSERT INTO payment_refunds (tenant_id, refund_key, payment_id, uuid, transaction_id, amount, "
        "currency, state, refunded_before, asked_at, created_at) VALUES (:tenant_id, :refund_key, "
        ":payment_id, :uuid, :transaction_id, :amount, :currency, :state, 0, 0, :created_at)"};
    return transaction_.try_insert(
        statement,
        {{"tenant_id", transaction_.tenant().text},
         {"refund_key", refund.key},
         {"payment_id", refund.payment_id.text},
         {"uuid", refund.uuid},
         {"transaction_id", refund.transaction_id},
         {"amount", refund.amount.minor},
         {"currency", refund.amount.currency},
         {"state", state_name(refund.state)},
         {"created_at", now.time_since_epoch().count()}}
    );
}

std::optional<Refund> PaymentStore::find_refund(std::string_view key) const
{
    static constexpr sql::Statement statement{
        "SELECT refund_key, payment_id, uuid, transaction_id, amount, currency, state, refunded_before, "
        "asked_at FROM payment_refunds WHERE tenant_id = :tenant_id AND refund_key = :refund_key"};
    return transaction_.first(
        statement,
        {{"tenant_id", transaction_.tenant().text}, {"refund_key", std::string(key)}},
        [](const sql::Row& row) {
            Refund refund;
            refund.key = row.text(0);
            refund.payment_id = {row.text(1)};
            refund.uuid = row.text(2);
            refund.transaction_id = row.text(3);
            refund.amount = {row.integer(4), row.text(5)};
            refund.state = state_of(row.text(6));
            refund.refunded_before = row.integer(7);
            refund.asked_at = base::Instant(std::chrono::milliseconds(row.integer(8)));
            return refund;
        }
    );
}

std::int64_t PaymentStore::refunds_under_way(std::string_view uuid, std::string_view except_key) const
{
    static constexpr sql::Statement statement{
        "SELECT COUNT(*) FROM payment_refunds WHERE tenant_id = :tenant_id AND uuid = :uuid "
        "AND refund_key <> :except_key AND state = 'asked'"};
    return transaction_
        .first(
            statement,
            {{"tenant_id", transaction_.tenant().text},
             {"uuid", std::string(uuid)},
             {"except_key", std::string(except_key)}},
            [](const sql::Row& row) { return row.integer(0); }
        )
        .value_or(0);
}

bool PaymentStore::change_refund(const Refund& read, const Refund& changed)
{
    static constexpr sql::Statement statement{
        "UPDATE payment_refunds SET state = :state, amount = :amount, refunded_before = :refunded_before, "
        "asked_at = :asked_at WHERE tenant_id = :tenant_id AND refund_key = :refund_key "
        "AND state = :was AND asked_at = :asked_before"};
    return transaction_.execute(
               statement,
               {{"tenant_id", transaction_.tenant().text},
                {"refund_key", read.key},
                {"state", state_name(changed.state)},
                {"amount", changed.amount.minor},
                {"refunded_before", changed.refunded_before},
                {"asked_at", changed.asked_at.time_since_epoch().count()},
                {"was", state_name(read.state)},
                {"asked_before", read.asked_at.time_since_epoch().count()}}
           ) == 1;
}

}  // namespace payments
