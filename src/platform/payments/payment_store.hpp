#pragma once

#include "kit/sql/database.hpp"
#include "platform/payments/payment.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace payments {

struct KeptGateway {
    base::TenantId tenant;
    std::string id;
    PaymentId payment_id;
    std::string link;
    base::Instant created_at;
    base::Instant valid_until;
    std::optional<base::Instant> next_check_at;
};

enum class RefundState { wanted, asked, done, refused };

// Money that shall go back to where it came from.
struct Refund {
    std::string key;  // of what asked for it: the same key never pays back twice
    PaymentId payment_id;
    std::string uuid;
    std::string transaction_id;
    base::Money amount;
    RefundState state = RefundState::wanted;
    std::int64_t refunded_before = 0;  // what the provider had paid back when we asked
    base::Instant asked_at;
};

// A message of the provider.
struct Delivery {
    std::string uuid;
    std::string status;
    std::string body_hash;
    std::string transaction_id;
};

// A kept reading with the payment it belongs to.
struct KeptReading {
    PaymentId payment_id;
    Reading reading;
};

// The tables of payments, for the tenant of the transaction.
class PaymentStore {
public:
    explicit PaymentStore(sql::Transaction& transaction) : transaction_(transaction) {}

    bool add(const Payment& payment);  // false: the case has one
    std::optional<Payment> find(const PaymentId& id) const;
    std::optional<Payment> find_by_case(const cases::CaseId& id) const;
    std::optional<Payment> find_by_reference(std::string_view reference) const;
    // The same once nobody else is changing it, until this transaction ends.
    std::optional<Payment> lock(const PaymentId& id);
    void save(const Payment& payment);

    void add_gateway(const KeptGateway& gateway);
    std::optional<KeptGateway> find_gateway(std::string_view gateway_id) const;
    std::optional<KeptGateway> newest_gateway(const PaymentId& id) const;
    std::vector<KeptGateway> gateways(const PaymentId& id) const;
    // Of all tenants, those due first.
    std::vector<KeptGateway> due_gateways(base::Instant now, int most) const;
    void plan_check(std::string_view gateway_id, std::optional<base::Instant> at);
    // False when somebody else has taken this check just now.
    bool take_check(const KeptGateway& gateway, base::Instant until);

    std::optional<KeptReading> find_reading(std::string_view uuid) const;
    void keep_reading(const PaymentId& id, const Reading& reading, base::Instant now);

    bool add_refund(const Refund& refund, base::Instant now);  // false: the key is known
    std::optional<Refund> find_refund(std::string_view key) const;
    std::int64_t refunds_under_way(std::string_view uuid, std::string_view except_key) const;
    // False when its state was changed by somebody else since it was read.
    bool change_refund(const Refund& read, const Refund& changed);

    bool add_delivery(const Delivery& delivery, base::Instant now);  // false: taken before

private:
    sql::Transaction& transaction_;
};

}  // namespace payments
