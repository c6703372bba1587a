#pragma once

#include "base/random.hpp"
#include "base/result.hpp"
#include "platform/identity/account.hpp"
#include "platform/identity/visit.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sql {
class Database;
class Transaction;
}  // namespace sql

namespace identity {

class BreachedPasswords;
class Sessions;

// Where a login has led.
struct Entry {
    std::string token;  // the session's, or of the login that waits for a code
    std::string return_to;
    bool needs_code = false;
};

// The accounts of residents: how they come in, and their passwords. An account comes into being when somebody
// first logs in by a mailed link. Whatever changes is an event of the account, in the same transaction.
class Accounts {
public:
    Accounts(
        sql::Database& database,
        const base::Clock& clock,
        base::Random& random,
        Sessions& sessions,
        const BreachedPasswords& breached
    );

    // `not_found` for a link that was used, has run out or never was.
    base::Result<Entry> enter_by_link(std::string_view link_token, const Arrival& arrival);
    // `forbidden` for an unknown address, an account without a password and a wrong one alike, after the same
    // time.
    base::Result<Entry> enter_by_password(
        std::string_view email, std::string_view password, const Arrival& arrival, std::string return_to
    );

    std::optional<Account> find(const AccountId& id);
    bool knows_password(const Account& account, std::string_view password) const;

    // `invalid` for a password that is too short, too long or known to thieves: the message says which. All
    // other sessions of the account end.
    base::Result<> set_password(
        const AccountId& id, std::string_view password, const std::string& own_session, const Device& device
    );
    void remove_password(const AccountId& id, const Device& device);

    // Those that have not run out, the newest first.
    std::vector<KeptSession> open_sessions(const AccountId& id);
    // Does nothing when the account has no such session: it ended by itself, or is somebody else's.
    void end_session(const AccountId& id, std::string_view session, const Device& device);
    void end_other_sessions(const AccountId& id, std::string_view own_session, const Device& device);

    // The newest first.
    std::vector<AccountEvent> history(const AccountId& id, std::size_t most);

    // Notes that the account's data was given to its owner.
    void note_export(const AccountId& id, const Device& device);

    // For who has shown all that the account asks for.
    Entry open_session(
        sql::Transaction& across_tenants,
        const Account& account,
        AccountEventKind how,
        const Arrival& arrival,
        std::string return_to
    );
    // The account's row must be locked in the transaction.
    void
    note(sql::Transaction& across_tenants, const AccountId& id, AccountEventKind kind, const Device& device);

    // Forgets logins, wrong codes and what is left of deleted accounts after 90 days. Runs as a job; running
    // it twice is harmless.
    void purge();

private:
    Entry enter(
        sql::Transaction& across_tenants,
        const Account& account,
        AccountEventKind how,
        const Arrival& arrival,
        std::string return_to
    );
    Account
    found_or_added(sql::Transaction& across_tenants, const std::string& email, const Arrival& arrival);

    sql::Database& database_;
    const base::Clock& clock_;
    base::Random& random_;
    Sessions& sessions_;
    const BreachedPasswords& breached_;
};

}  // namespace identity
