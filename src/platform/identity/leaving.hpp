#pragma once

#include "base/random.hpp"
#include "base/result.hpp"
#include "platform/identity/accounts.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace identity {

// How accounts end: by their owner, or because nobody has used them for long. What was ordered stays with the
// municipalities; of the account nothing is left but that one of its id was deleted, and when.
class Leaving {
public:
    static constexpr std::chrono::days warning_time{30};

    // Who has not logged in for `unused` is removed, and warned `warning_time` before.
    Leaving(
        sql::Database& database,
        const base::Clock& clock,
        base::Random& random,
        Sessions& sessions,
        Accounts& accounts,
        std::chrono::days unused
    );

    // A token for a mailed link that deletes the account within 24 hours. Earlier ones end.
    std::string make_link(sql::Transaction& across_tenants, const AccountId& id, const Device& device);
    // Whose account the link would delete, without using it: mail scanners open links too.
    std::optional<Account> find_by_link(std::string_view token);
    base::Result<> remove_by_link(std::string_view token);
    // Its owner has just logged in and wants it. Deleting twice is fine.
    void remove(const AccountId& id);

    // Each in its own transaction, in which `warn` writes the mail. Says how many. Runs as a job; running it
    // twice is harmless.
    int warn_unused(const std::function<void(sql::Transaction&, const Account&)>& warn);
    int remove_unused();

private:
    void remove_all_of(sql::Transaction& across_tenants, const AccountId& id, AccountEventKind why);

    sql::Database& database_;
    const base::Clock& clock_;
    base::Random& random_;
    Sessions& sessions_;
    Accounts& accounts_;
    std::chrono::days unused_;
};

}  // namespace identity
