#pragma once

#include "base/random.hpp"
#include "base/result.hpp"
#include "kit/crypto/passwords.hpp"
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
    base::Result<std::string> log_in(std::string_view email, std::string_view password);

    // A token for a mailed link that logs a resident in, once, within a quarter of an hour.
    // `return_to` is a path of ours where they wanted to go.
    std::string
    make_login_link(sql::Transaction& across_tenants, std::string_view email, std::string_view return_to);

    // Whether the link would work, without using it: mail scanners open links too.
    bool is_open(std::string_view link_token);

    struct Entry {
        std::string session_token;
        std::string return_to;
    };
    base::Result<Entry> log_in_by_link(std::string_view link_token);

    // Nothing for an unknown, ended or run-out session. Staff: 30 minutes without a click, 12 hours at most;
    // residents: 60 minutes, 24 hours.
    std::optional<Session> find(std::string_view session_token);
    void log_out(std::string_view session_token);

    // Deletes what has run out. Runs as a job; running it twice is harmless.
    void purge();

private:
    sql::Database& database_;
    const base::Clock& clock_;
    base::Random& random_;
    crypto::PasswordCost cost_;
    std::string nobodys_hash_;  // checked when there is no such user, to take the same time
};

}  // namespace identity
