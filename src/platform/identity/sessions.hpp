#pragma once

#include "base/random.hpp"
#include "base/result.hpp"
#include "platform/identity/account.hpp"
#include "platform/identity/passwords.hpp"
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

struct NewUser {
    base::TenantId tenant;
    std::string email;
    std::string name;
    std::string password;
    std::vector<Role> roles;
};

// Who is logged in. Tokens live in cookies and mails; the database has their hashes only.
class Sessions {
public:
    Sessions(
        sql::Database& database,
        const base::Clock& clock,
        base::Random& random,
        crypto::PasswordCost cost = crypto::PasswordCost::standard
    );

    // `conflict` when the e-mail address has an account already.
    base::Result<> add_user(const NewUser& user);

    // The cookie's token. `forbidden` for a wrong address, a wrong password and a user who was switched off
    // alike, after the same time, so that nobody learns which addresses have accounts.
    base::Result<std::string>
    log_in(std::string_view email, std::string_view password, const Device& device = {});

    // A token for a mailed link that logs a resident in, once, within a quarter of an hour.
    // `return_to` is a path of ours where they wanted to go.
    std::string
    make_login_link(sql::Transaction& across_tenants, std::string_view email, std::string_view return_to);

    // Whether the link would work, without using it: mail scanners open links too.
    bool is_open(std::string_view link_token);

    struct Link {
        std::string email;
        std::string return_to;
    };
    // `not_found` for a link that was used, has run out or never was.
    base::Result<Link> use_link(sql::Transaction& across_tenants, std::string_view link_token);

    // A session of a resident; gives the cookie's token.
    std::string open(sql::Transaction& across_tenants, const Account& account, const Device& device);

    // Nothing for an unknown, ended or run-out session. Staff: 30 minutes without a click, 12 hours at most;
    // residents: 60 minutes, 24 hours.
    std::optional<Session> find(std::string_view session_token);
    void log_out(std::string_view session_token);

    // A resident's sessions that have not run out, the newest first.
    std::vector<KeptSession> of_account(sql::Transaction& across_tenants, const AccountId& account) const;
    // False when the account has no such session.
    bool end(sql::Transaction& across_tenants, const AccountId& account, std::string_view id);
    // All but one; an empty `kept_id` ends all. Says how many.
    std::int64_t
    end_others(sql::Transaction& across_tenants, const AccountId& account, std::string_view kept_id);

    const Passwords& passwords() const { return passwords_; }

    // Deletes what has run out. Runs as a job; running it twice is harmless.
    void purge();

private:
    sql::Database& database_;
    const base::Clock& clock_;
    base::Random& random_;
    Passwords passwords_;
};

}  // namespace identity
