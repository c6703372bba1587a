#pragma once

#include "base/clock.hpp"
#include "base/random.hpp"
#include "kit/http/request.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

struct PayrexxTransaction {
    std::int64_t id = 0;
    std::string uuid;
    std::int64_t gateway_id = 0;
    std::string status;  // in Payrexx' words: "waiting", "confirmed", "partially-refunded", "refund_pending"
    std::int64_t amount = 0;
    std::int64_t refunded = 0;
    std::int64_t refund_pending = 0;
    std::string method;
    base::Instant time;
};

struct PayrexxGateway {
    std::int64_t id = 0;
    std::string hash;
    std::string status = "waiting";
    std::string reference;
    std::int64_t amount = 0;
    std::string currency;
    std::string purpose;
    std::string language;
    std::vector<std::string> methods;  // as restricted by the merchant; empty = all that the account has
    std::map<std::string, std::string> fields;
    std::string success_url;
    std::string failed_url;
    std::string cancel_url;
    std::string link;
    base::Instant created_at;
    std::chrono::minutes validity{0};  // nothing: for ever
};

// What a tester may switch in one account.
struct PayrexxSwitches {
    std::string api = "ok";        // ok, down, blocked (what the firewall in front says: 405, then 403)
    std::string refunds = "ok";    // ok, pending, refused
    std::string webhook = "json";  // json, form
    std::string mode = "LIVE";     // LIVE, TEST
    int duplicates = 0;            // further deliveries of each webhook
    bool lose = false;             // no webhook ever arrives
    bool reorder = false;          // the first news of a payment arrives last
    bool tamper = false;           // the body is changed after it was signed
    std::chrono::milliseconds delay{0};
};

// One merchant's account. Its gateways and transactions are numbered across all accounts.
struct PayrexxInstance {
    std::string name;
    std::string api_key;
    std::string signing_key;
    std::string webhook_url;
    std::vector<std::string> methods{"twint", "post-finance-pay", "visa", "mastercard"};
    PayrexxSwitches switches;
    std::map<std::int64_t, PayrexxGateway> gateways;
    std::map<std::int64_t, PayrexxTransaction> transactions;
    std::deque<base::Instant> calls;  // within the firewall's five minutes
    int refused_calls = 0;
};

// A webhook on its way.
struct PayrexxDelivery {
    std::string instance;
    std::string url;
    http::Fields headers;
    std::string body;
    base::Instant due;
    int attempt = 0;
};

// Everything that Payrexx knows. Not safe to share between threads: Payrexx guards it.
class PayrexxBooks {
public:
    // An account "gemeinde-4001" that nobody has set up yet exists with the keys "demo-api-4001" and
    // "demo-signing-4001"; its webhooks go to `portal_address`/zahlung/payrexx/4001.
    PayrexxBooks(const base::Clock& clock, base::Random& random, std::string portal_address);

    PayrexxInstance* find_instance(const std::string& name);
    PayrexxInstance& add_instance(const std::string& name);
    std::vector<std::string> instance_names() const;

    PayrexxGateway& add_gateway(PayrexxInstance& instance, PayrexxGateway gateway);
    std::pair<PayrexxInstance*, PayrexxGateway*> find_page(std::string_view hash);
    bool has_run_out(const PayrexxGateway& gateway) const;

    // The payer tries: a transaction that waits, told by a webhook.
    PayrexxTransaction&
    add_transaction(PayrexxInstance& instance, PayrexxGateway& gateway, std::string method);
    // A transaction gets on: its gateway too, and a webhook tells.
    void change(PayrexxInstance& instance, PayrexxTransaction& transaction, std::string status);
    // False when so much cannot be paid back.
    bool refund(PayrexxInstance& instance, PayrexxTransaction& transaction, std::int64_t amount);
    // The bank has carried out a refund that was pending.
    void settle(PayrexxInstance& instance, PayrexxTransaction& transaction);

    std::vector<PayrexxDelivery> take_due();
    void plan(PayrexxDelivery delivery) { deliveries_.push_back(std::move(delivery)); }
    std::size_t planned() const { return deliveries_.size(); }

    void reset();
    base::Instant now() const { return clock_.now(); }

private:
    void announce(PayrexxInstance& instance, const PayrexxTransaction& transaction);
    std::string random_hex(std::size_t length);

    const base::Clock& clock_;
    base::Random& random_;
    std::string portal_address_;
    std::map<std::string, PayrexxInstance> instances_;
    std::vector<PayrexxDelivery> deliveries_;
    std::int64_t last_gateway_ = 36'000'000;
    std::int64_t last_transaction_ = 54'000'000;
};

}  // namespace sandbox
