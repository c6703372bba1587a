#pragma once

#include "base/clock.hpp"
#include "kit/http/client.hpp"
#include "kit/json/json.hpp"
#include "platform/payments/provider.hpp"

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace payments {

struct PayrexxSettings {
    std::string address = "https://api.payrexx.com";
    std::string version = "1.16";
    std::chrono::milliseconds patience{10000};  // for each call
};

// Payrexx' REST interface, and whoever sells it under their own name. Safe to share between threads.
class Payrexx final : public Provider {
public:
    Payrexx(http::Client& client, const base::Clock& clock, PayrexxSettings settings);

    base::Result<Gateway> start(const Account& account, const Demand& demand) override;
    base::Result<> withdraw(const Account& account, const std::string& gateway_id) override;
    base::Result<std::vector<Reading>>
    read_gateway(const Account& account, const std::string& gateway_id) override;
    base::Result<Reading>
    read_transaction(const Account& account, const std::string& transaction_id) override;
    base::Result<>
    refund(const Account& account, const std::string& transaction_id, const base::Money& amount) override;
    bool is_signed(const Account& account, std::string_view body, std::string_view signature) const override;
    base::Result<Hint> read_webhook(std::string_view body) const override;

private:
    struct KnownMethods {
        std::vector<std::string> names;
        base::Instant read_at;
    };

    base::Result<json::Value>
    call(const Account& account, http::Method method, const std::string& path, const http::Fields& form = {});
    base::Result<std::vector<std::string>> methods_of(const Account& account);

    http::Client& client_;
    const base::Clock& clock_;
    PayrexxSettings settings_;
    std::mutex mutex_;
    std::map<std::string, KnownMethods> methods_;  // by instance; guarded by mutex_
};

}  // namespace payments
