#include "platform/payments/payment_store.hpp"

#include <stdexcept>

namespace payments {

namespace {

std::int64_t milliseconds(base::Instant instant)
{
    return instant.time_since_epoch().count();
}

base::Instant instant_of(std::int64_t milliseconds)
{
    return base::Instant(std::chrono::milliseconds(milliseconds));
}

sql::Value text_or_null(const std::optional<Progress>& progress)
{
    return progress ? sql::Value(std::string(name_of(*progress))) : sql::Value(nullptr);
}

sql::Value instant_or_null(const std::optional<base::Instant>& instant)
{
    return instant ? sql::Value(milliseconds(*instant)) : sql::Value(nullptr);
}

std::optional<base::Instant> instant_or_nothing(const sql::Row& row, int column)
{
    const auto kept = row.integer_or_null(column);
    return kept ? std::optional(instant_of(*kept)) : std::nullopt;
}

template <class Value>
Value known(std::optional<Value> value)
{
    if (!value)
        throw std::runtime_error("payments: a name in the database that this program does not know");
    return *value;
}

Payment read_payment(const sql::Row& row)
{
    Payment payment;
    payment.tenant = {row.text(0)};
    payment.id = {row.text(1)};
    payment.case_id = {row.text(2)};
    payment.reference = row.text(3);
    payment.amount = {row.integer(4), row.text(5)};
    payment.booking_text = row.text(6);
    payment.language = known(html::parse_language(row.text(7)));
    payment.state = known(parse_state(row.text(8)));
    if (const auto failed = row.text_or_null(9))
        payment.failed_attempt = known(parse_progress(*failed));
    payment.method = row.text(10);
    payment.paid_by = row.text(11);
    payment.manual_note = row.text(12);
    payment.created_at = instant_of(row.integer(13));
    payment.paid_at = instant_or_nothing(row, 14);
    return payment;
}

KeptGateway read_gateway(const sql::Row& row)
{
    return {
        {row.text(0)},
        row.text(1),
        {row.text(2)},
        row.text(3),
        instant_of(row.integer(4)),
        instant_of(row.integer(5)),
        instant_or_nothing(row, 6),
    };
}

}  // namespace

bool PaymentStore::add(const Payment& payment)
{
    static constexpr sql::Statement statement{
        "INSERT INTO payments (tenant_id, id, case_id, reference, amount, currency, booking_text, language, "
        "state, failed_attempt, method, paid_by, manual_note, created_at, paid_at) VALUES (:tenant_id, :id, "
        ":case_id, :reference, :amount, :currency, :booking_text, :language, :state, NULL, '', '', '', "
        ":created_at, :paid_at)"};
    return transaction_.try_insert(
        statement,
        {{"tenant_id", transaction_.tenant().text},
         {"id", payment.id.text},
         {"case_id", payment.case_id.text},
         {"reference", payment.reference},
         {"amount", payment.amount.minor},
         {"currency", payment.amount.currency},
         {"booking_text", payment.booking_text},
         {"language", std::string(html::code_of(payment.language))},
         {"state", std::string(name_of(payment.state))},
         {"created_at", milliseconds(payment.created_at)},
         {"paid_at", instant_or_null(payment.paid_at)}}
    );
}

std::optional<Payment> PaymentStore::find(const PaymentId& id) const
{
    static constexpr sql::Statement statement{
        "SELECT tenant_id, id, case_id, reference, amount, currency, booking_text, language, state, "
        "failed_attempt, method, paid_by, manual_note, created_at, paid_at FROM payments "
        "WHERE tenant_id = :tenant_id AND id = :id"};
    return transaction_.first(
        statement, {{"tenant_id", transaction_.tenant().text}, {"id", id.text}}, read_payment
    );
}

std::optional<Payment> PaymentStore::find_by_case(const cases::CaseId& id) const
{
    static constexpr sql::Statement statement{
        "SELECT tenant_id, id, case_id, reference, amount, currency, booking_text, language, state, "
        "failed_attempt, method, paid_by, manual_note, created_at, paid_at FROM payments "
        "WHERE tenant_id = :tenant_id AND case_id = :case_id"};
    return transaction_.first(
        statement, {{"tenant_id", transaction_.tenant().text}, {"case_id", id.text}}, read_payment
    );
}

std::optional<Payment> PaymentStore::find_by_reference(std::string_view reference) const
{
    static constexpr sql::Statement statement{
        "SELECT tenant_id, id, case_id, reference, amount, currency, booking_text, language, state, "
        "failed_attempt, method, paid_by, manual_note, created_at, paid_at FROM payments "
        "WHERE tenant_id = :tenant_id AND reference = :reference"};
    return transaction_.first(
        statement,
        {{"tenant_id", transaction_.tenant().text}, {"reference", std::string(reference)}},
        read_payment
    );
}

std::optional<Payment> PaymentStore::lock(const PaymentId& id)
{
    static constexpr sql::Statement statement{
        "SELECT tenant_id, id, case_id, reference, amount, currency, booking_text, language, state, "
        "failed_attempt, method, paid_by, manual_note, created_at, paid_at FROM payments "
        "WHERE tenant_id = :tenant_id AND id = :id"};
    std::optional<Payment> found;
    transaction_.query_locked(
        statement,
        {{"tenant_id", transaction_.tenant().text}, {"id", id.text}},
        [&](const sql::Row& row) { found = read_payment(row); }
    );
    return found;
}

void PaymentStore::save(const Payment& payment)
{
    static constexpr sql::Statement statement{
        "UPDATE payments SET state = :state, failed_attempt = :failed_attempt, method = :method, "
        "paid_by = :paid_by, manual_note = :manual_note, paid_at = :paid_at "
        "WHERE tenant_id = :tenant_id AND id = :id"};
    transaction_.execute_one(
        statement,
        {{"tenant_id", transaction_.tenant().text},
         {"id", payment.id.text},
         {"state", std::string(name_of(payment.state))},
         {"failed_attempt", text_or_null(payment.failed_attempt)},
         {"method", payment.method},
         {"paid_by", payment.paid_by},
         {"manual_note", payment.manual_note},
         {"paid_at", instant_or_null(payment.paid_at)}}
    );
}

void PaymentStore::add_gateway(const KeptGateway& gateway)
{
    static constexpr sql::Statement statement{
        "INSERT INTO payment_gateways (tenant_id, gateway_id, payment_id, link, created_at, valid_until, "
        "next_check_at) VALUES (:tenant_id, :gateway_id, :payment_id, :link, :created_at, :valid_until, "
        ":next_check_at)"};
    transaction_.execute_one(
        statement,
        {{"tenant_id", transaction_.tenant().text},
         {"gateway_id", gateway.id},
         {"payment_id", gateway.payment_id.text},
         {"link", gateway.link},
         {"created_at", milliseconds(gateway.created_at)},
         {"valid_until", milliseconds(gateway.valid_until)},
         {"next_check_at", instant_or_null(gateway.next_check_at)}}
    );
}

std::optional<KeptGateway> PaymentStore::find_gateway(std::string_view gateway_id) const
{
    static constexpr sql::Statement statement{
        "SELECT tenant_id, gateway_id, payment_id, link, created_at, valid_until, next_check_at "
        "FROM payment_gateways WHERE tenant_id = :tenant_id AND gateway_id = :gateway_id"};
    return transaction_.first(
        statement,
        {{"tenant_id", transaction_.tenant().text}, {"gateway_id", std::string(gateway_id)}},
        read_gateway
    );
}

std::vector<KeptGateway> PaymentStore::gateways(const PaymentId& id) const
{
    static constexpr sql::Statement statement{
        "SELECT tenant_id, gateway_id, payment_id, link, created_at, valid_until, next_check_at "
        "FROM payment_gateways WHERE tenant_id = :tenant_id AND payment_id = :payment_id "
        "ORDER BY created_at DESC, gateway_id DESC"};
    return transaction_.all(
        statement, {{"tenant_id", transaction_.tenant().text}, {"payment_id", id.text}}, read_gateway
    );
}

std::optional<KeptGateway> PaymentStore::newest_gateway(const PaymentId& id) const
{
    const auto all = gateways(id);
    return all.empty() ? std::nullopt : std::optional(all.front());
}

std::vector<KeptGateway> PaymentStore::due_gateways(base::Instant now, int most) const
{
    // Canton-wide: the sweep serves all tenants.
    static constexpr sql::Statement statement{
        "SELECT tenant_id, gateway_id, payment_id, link, created_at, valid_until, next_check_at "
        "FROM payment_gateways WHERE next_check_at <= :now ORDER BY next_check_at LIMIT :most"};
    return transaction_.all(
        statement, {{"now", milliseconds(now)}, {"most", std::int64_t{most}}}, read_gateway
    );
}

void PaymentStore::plan_check(std::string_view gateway_id, std::optional<base::Instant> at)
{
    static constexpr sql::Statement statement{"UPDATE payment_gateways SET next_check_at = :at "
                                              "WHERE tenant_id = :tenant_id AND gateway_id = :gateway_id"};
    transaction_.execute_one(
        statement,
        {{"tenant_id", transaction_.tenant().text},
         {"gateway_id", std::string(gateway_id)},
         {"at", instant_or_null(at)}}
    );
}

bool PaymentStore::take_check(const KeptGateway& gateway, base::Instant until)
{
    static constexpr sql::Statement statement{
        "UPDATE payment_gateways SET next_check_at = :until "
        "WHERE tenant_id = :tenant_id AND gateway_id = :gateway_id AND next_check_at = :was"};
    return transaction_.execute(
               statement,
               {{"tenant_id", transaction_.tenant().text},
                {"gateway_id", gateway.id},
                {"until", milliseconds(until)},
                {"was", instant_or_null(gateway.next_check_at)}}
           ) == 1;
}

std::optional<KeptReading> PaymentStore::find_reading(std::string_view uuid) const
{
    static constexpr sql::Statement statement{
        "SELECT payment_id, uuid, transaction_id, progress, amount, currency, refunded, method, is_test "
        "FROM payment_transactions WHERE tenant_id = :tenant_id AND uuid = :uuid"};
    return transaction_.first(
        statement,
        {{"tenant_id", transaction_.tenant().text}, {"uuid", std::string(uuid)}},
        [](const sql::Row& row) {
            KeptReading kept;
            kept.payment_id = {row.text(0)};
            kept.reading.uuid = row.text(1);
            kept.reading.transaction_id = row.text(2);
            kept.reading.progress = known(parse_progress(row.text(3)));
            kept.reading.amount = {row.integer(4), row.text(5)};
            kept.reading.refunded = {row.integer(6), row.text(5)};
            kept.reading.method = row.text(7);
            kept.reading.is_test = row.integer(8) != 0;
            return kept;
        }
    );
}

void PaymentStore::keep_reading(const PaymentId& id, const Reading& reading, base::Instant now)
{
    static constexpr sql::Statement statement{
        "INSERT INTO payment_transactions (tenant_id, uuid, payment_id, transaction_id, progress, amount, "
        "currency, refunded, method, is_test, changed_at) VALUES (:tenant_id, :uuid, :payment_id, "
        ":transaction_id, :progress, :amount, :currency, :refunded, :method, :is_test, :changed_at) "
        "ON CONFLICT (tenant_id, uuid) DO UPDATE SET progress = :progress, refunded = :refunded, "
        "method = :method, changed_at = :changed_at"};
    transaction_.execute_one(
        statement,
        {{"tenant_id", transaction_.tenant().text},
         {"uuid", reading.uuid},
         {"payment_id", id.text},
         {"transaction_id", reading.transaction_id},
         {"progress", std::string(name_of(reading.progress))},
         {"amount", reading.amount.minor},
         {"currency", reading.amount.currency},
         {"refunded", reading.refunded.minor},
         {"method", reading.method},
         {"is_test", std::int64_t{reading.is_test}},
         {"changed_at", milliseconds(now)}}
    );
}

bool PaymentStore::add_delivery(const Delivery& delivery, base::Instant now)
{
    static constexpr sql::Statement statement{
        "INSERT INTO payment_deliveries (tenant_id, uuid, status, body_hash, transaction_id, received_at) "
        "VALUES (:tenant_id, :uuid, :status, :body_hash, :transaction_id, :received_at)"};
    return transaction_.try_insert(
        statement,
        {{"tenant_id", transaction_.tenant().text},
         {"uuid", delivery.uuid},
         {"status", delivery.status},
         {"body_hash", delivery.body_hash},
         {"transaction_id", delivery.transaction_id},
         {"received_at", milliseconds(now)}}
    );
}

}  // namespace payments
