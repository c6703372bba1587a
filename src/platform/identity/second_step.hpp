#pragma once

#include "base/random.hpp"
#include "base/result.hpp"
#include "platform/identity/accounts.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crypto {
class Sealer;
}

namespace identity {

// A code from an app on the telephone (RFC 6238), asked for after the link or the password. Each code works
// once, the one before and the one after the present one are taken too. Ten recovery codes stand in for a
// lost telephone. After twenty wrong codes within a day only recovery codes are taken until the day is over;
// a wrong code is an event of the account.
class SecondStep {
public:
    SecondStep(
        sql::Database& database,
        const base::Clock& clock,
        base::Random& random,
        const crypto::Sealer& sealer,
        Accounts& accounts
    );

    // A new secret to be shown; the account goes on without a second step until it is confirmed.
    // Does nothing when the step is on already.
    void begin(const AccountId& id);
    // 20 bytes; nothing when none waits to be confirmed.
    std::optional<std::string> secret_to_confirm(const AccountId& id);
    // The recovery codes, told this once. `conflict` when no secret waits.
    base::Result<std::vector<std::string>>
    confirm(const AccountId& id, std::string_view code, const Device& device);

    std::int64_t recovery_codes_left(const AccountId& id);
    base::Result<> remove(const AccountId& id, std::string_view code, const Device& device);

    // Whose login waits for a code; nothing for a token that has run out, was used or never was.
    std::optional<AccountId> find_waiting(std::string_view wait_token);
    // `not_found` as above; `invalid` for a wrong code.
    base::Result<Entry> enter(std::string_view wait_token, std::string_view code, const Arrival& arrival);

    // Deletes logins whose code never came, and mailed links nobody used. Runs as a job; running it twice is
    // harmless.
    void purge();

private:
    base::Result<>
    check(sql::Transaction& across_tenants, const AccountId& id, std::string_view code, const Device& device);
    std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view code) const;
    std::string unseal(const AccountId& id, const std::vector<std::byte>& sealed) const;
    std::vector<std::string> make_recovery_codes(sql::Transaction& across_tenants, const AccountId& id);

    sql::Database& database_;
    const base::Clock& clock_;
    base::Random& random_;
    const crypto::Sealer& sealer_;
    Accounts& accounts_;
};

}  // namespace identity
