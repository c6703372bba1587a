#pragma once

#include "base/result.hpp"
#include "platform/payments/account.hpp"
#include "platform/payments/payment.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace payments {

// What a payer is asked for.
struct Demand {
    std::string reference;
    base::Money amount;
    std::string booking_text;
    html::Language language = html::Language::de;
    std::string return_url;
    std::chrono::minutes validity{60};
};

// A payment page that the provider has made for one payer.
struct Gateway {
    std::string id;
    std::string link;
};

// What the body of a provider's message is about. Not to be believed, only a reason to ask.
struct Hint {
    std::string transaction_id;
    std::string uuid;
    std::string status;
};

// A payment provider, for the account of one municipality. Nothing here is repeated by itself: calls that
// change something at the provider must never happen twice by accident.
// `unavailable`: no answer or none that can be understood, so the outcome is not known.
// `forbidden`: the account's key is wrong. `not_found`, `invalid`: the provider has refused, nothing
// happened.
class Provider {
public:
    virtual ~Provider() = default;

    virtual base::Result<Gateway> start(const Account& account, const Demand& demand) = 0;
    // Nobody can pay there any more.
    virtual base::Result<> withdraw(const Account& account, const std::string& gateway_id) = 0;
    virtual base::Result<std::vector<Reading>>
    read_gateway(const Account& account, const std::string& gateway_id) = 0;
    virtual base::Result<Reading>
    read_transaction(const Account& account, const std::string& transaction_id) = 0;
    virtual base::Result<>
    refund(const Account& account, const std::string& transaction_id, const base::Money& amount) = 0;

    virtual bool
    is_signed(const Account& account, std::string_view body, std::string_view signature) const = 0;
    virtual base::Result<Hint> read_webhook(std::string_view body) const = 0;
};

}  // namespace payments
