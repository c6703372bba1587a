#pragma once

#include "kit/sql/database.hpp"
#include "platform/identity/account.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace identity {

// The secret that the app on somebody's telephone has too.
struct KeptSecret {
    sql::Blob sealed;
    bool is_confirmed = false;  // else it was shown, but nobody has proved to have it
};

// A login that waits for its code.
struct LoginWait {
    AccountId account;
    AccountEventKind how = AccountEventKind::login_link;
    std::string return_to;
    base::Instant expires_at;
};

// The rows of the second step. All belong to the tenant 'canton'.
class SecondStepStore {
public:
    explicit SecondStepStore(sql::Transaction& across_tenants);

    std::optional<KeptSecret> find_secret(const AccountId& id) const;
    void set_secret(const AccountId& id, const sql::Blob& sealed);  // not confirmed yet
    void confirm(const AccountId& id, base::Instant now);
    void remove(const AccountId& id);  // the recovery codes too
    // False when this step, or a later one, was used before.
    bool use_step(const AccountId& id, std::int64_t step);
    std::int64_t wrong_codes(const AccountId& id, base::Instant since) const;

    void add_recovery_code(const AccountId& id, const std::string& hash);
    bool use_recovery_code(const AccountId& id, const std::string& hash, base::Instant now);
    std::int64_t unused_recovery_codes(const AccountId& id) const;

    void add_wait(const std::string& token_hash, const LoginWait& wait);
    std::optional<LoginWait> find_wait(const std::string& token_hash) const;
    bool remove_wait(const std::string& token_hash);
    void remove_waits_of(const AccountId& id);
    std::int64_t remove_waits(base::Instant expired_before);

private:
    sql::Transaction& transaction_;
};

}  // namespace identity
