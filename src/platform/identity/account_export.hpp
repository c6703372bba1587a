#pragma once

#include "kit/json/json.hpp"
#include "platform/identity/account.hpp"
#include "platform/identity/visit.hpp"

#include <cstdint>
#include <vector>

namespace identity {

// Everything an account holds, for its owner to keep.
struct AccountHoldings {
    Account account;
    std::int64_t recovery_codes = 0;  // not used yet
    std::vector<KeptSession> sessions;
    std::vector<AccountEvent> events;
    json::Value orders;
};

json::Value export_of(const AccountHoldings& holdings);

}  // namespace identity
