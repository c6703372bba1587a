#pragma once

#include "base/random.hpp"
#include "base/result.hpp"
#include "platform/identity/accounts.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace identity {

// Gives an account another e-mail address. Both the old and the new one confirm it by a mailed link within
// 24 hours; what was ordered follows in the same transaction.
class AddressChange {
public:
    // What belongs to an address goes to another one.
    using MoveOrders =
        std::function<void(sql::Transaction& across_tenants, const std::string& from, const std::string& to)>;

    AddressChange(
        sql::Database& database,
        const base::Clock& clock,
        base::Random& random,
        Accounts& accounts,
        MoveOrders move_orders
    );

    // For the mails to either address.
    struct Tokens {
        std::string for_old_address;
        std::string for_new_address;
    };
    // What was asked for earlier is forgotten.
    Tokens
    ask(sql::Transaction& across_tenants,
        const AccountId& id,
        std::string_view new_email,
        const Device& device);

    // The new address, without using the link: mail scanners open links too.
    std::optional<std::string> find_by_link(std::string_view token);

    enum class Outcome { waits_for_other, changed };
    // `not_found` for a link that was used, has run out or never was. `conflict` when the new address has an
    // account of its own; the link can be used again then.
    base::Result<Outcome> confirm(std::string_view token, const Device& device);

private:
    sql::Database& database_;
    const base::Clock& clock_;
    base::Random& random_;
    Accounts& accounts_;
    MoveOrders move_orders_;
};

}  // namespace identity
