#pragma once

#include "kit/sql/database.hpp"
#include "platform/identity/account.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace identity {

// The rows of residents' accounts. All belong to the tenant 'canton'.
class AccountStore {
public:
    explicit AccountStore(sql::Transaction& across_tenants);

    bool add(const Account& account);  // false: the e-mail address has one
    std::optional<Account> find(const AccountId& id) const;
    std::optional<Account> find_by_email(std::string_view email) const;
    // Until the end of the transaction nobody else gives an account this address.
    void lock_email(const std::string& email);
    // Nobody else changes the account until the end of the transaction.
    std::optional<Account> find_locked(const AccountId& id) const;

    void set_logged_in(const AccountId& id, html::Language language, base::Instant now);
    void set_email(const AccountId& id, const std::string& email);
    void set_password(const AccountId& id, const std::optional<std::string>& hash);

    // The account's row must be locked: by find_locked, by a change, or because it is new.
    void add_event(const AccountId& account, const AccountEvent& event);
    std::vector<AccountEvent> events(const AccountId& id, std::size_t most) const;  // the newest first
    // Logins, wrong codes, and that an account is gone.
    std::int64_t remove_passing_events(base::Instant before);

    // With everything that happened with it.
    void remove(const AccountId& id);
    // Who has not logged in since then, the longest first: those nobody has warned yet.
    std::vector<Account> unused_since(base::Instant last_login_before, std::size_t most) const;
    void set_warned(const AccountId& id, base::Instant now);
    std::vector<Account>
    warned_before(base::Instant warned_before, base::Instant last_login_before, std::size_t most) const;

private:
    sql::Transaction& transaction_;
};

}  // namespace identity
