#pragma once

#include "base/random.hpp"
#include "base/result.hpp"
#include "platform/payments/account.hpp"
#include "platform/payments/payment.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace sql {
class Database;
class Transaction;
}  // namespace sql
namespace crypto {
class Sealer;
}
namespace jobs {
class Queue;
class Runner;
}  // namespace jobs
namespace cases {
class Cases;
}

namespace payments {

class Provider;
struct Gateway;
struct KeptGateway;
struct Refund;

struct NewPayment {
    cases::CaseId case_id;
    std::string reference;
    base::Money amount;
    std::string booking_text;
    html::Language language = html::Language::de;
};

struct Rules {
    std::chrono::minutes link_validity{60};
    bool accepts_test_payments = false;
};

// Called in the transaction that finds a payment paid, once for each payment.
using AnnouncePaid =
    std::function<void(sql::Transaction&, const Payment& paid, std::string_view transaction_uuid)>;

// The parts that payments are made of; all of them outlive Payments.
struct Parts {
    sql::Database& database;
    const base::Clock& clock;
    base::Random& random;
    const crypto::Sealer& sealer;
    Provider& provider;
    jobs::Queue& queue;
    cases::Cases& cases;
    AnnouncePaid announce_paid;
    Rules rules;
};

// The payments of all tenants. A payment is paid only when the provider itself, asked by us, says that
// exactly the amount owed has arrived: never because of what a browser or a webhook claims. What arrives for
// an order that has ended goes back by itself.
class Payments {
public:
    explicit Payments(Parts parts);

    // A payment for a case; opening twice for one case gives the first. An amount of nothing is paid at once.
    Payment open(sql::Transaction& transaction, const NewPayment& wanted);
    std::optional<Payment> of_case(sql::Transaction& transaction, const cases::CaseId& id) const;

    // Where to send the browser to pay; it comes back to `return_url` (absolute) whatever happens there.
    // `not_found` without such a payment, `conflict` when nothing is to be paid (any more), `unavailable`
    // when the provider cannot be asked or the tenant has no account. Asks the provider: not within a
    // transaction.
    base::Result<std::string>
    start(const base::TenantId& tenant, const cases::CaseId& id, const std::string& return_url);

    // Takes the provider's message: `forbidden` when its signature is wrong or the tenant has no account,
    // `invalid` when it cannot be read. Success means that it is durable and will be followed up; what it
    // says is only a reason to ask the provider.
    base::Result<>
    take_webhook(const base::TenantId& tenant, std::string_view body, std::string_view signature);

    // The order has ended: no link any more, and money that is there or still comes goes back. Doing it twice
    // is fine.
    void close(sql::Transaction& transaction, const cases::CaseId& id);

    // Pays back what was paid for the case and is still there, once for each `key`, and says how much that
    // was; nothing to pay back is success. `unavailable`: not sure yet, call again with the same key.
    // `conflict`: the provider refuses, a person has to look. Asks the provider: not within a transaction.
    base::Result<base::Money>
    refund(const base::TenantId& tenant, const cases::CaseId& id, const std::string& key);

    // Asks the provider for every payment page whose time has come (2, 10 and 60 minutes after it was made,
    // then daily until a day after it has run out): finds what no webhook told. Says how many it asked for.
    int sweep();

    // The follow-up of webhooks, of refunds and of ended orders, and the sweep every minute.
    void register_jobs(jobs::Runner& runner);

    // The tenant's account with the provider; its keys are sealed at rest.
    void set_account(sql::Transaction& transaction, const Account& account);

private:
    std::optional<Account> account_of(const base::TenantId& tenant);
    std::optional<Reading> known_reading(const base::TenantId& tenant, const std::string& uuid);
    base::Result<std::string> return_to_page(const Payment& payment, const KeptGateway& page);
    base::Result<std::string> keep_page(const Payment& payment, const Gateway& gateway);
    base::Result<> follow_up(const base::TenantId& tenant, const std::string& transaction_id);
    // `is_settled`: nothing more will ever happen on this page.
    base::Result<> ask_about_page(const KeptGateway& page, bool& is_settled);
    base::Result<> withdraw(const base::TenantId& tenant, const std::string& gateway_id);
    base::Result<base::Money> carry_out(const base::TenantId& tenant, const std::string& refund_key);
    base::Result<base::Money>
    ask_back(const base::TenantId& tenant, const Account& account, const Refund& refund);

    Parts parts_;
};

}  // namespace payments
