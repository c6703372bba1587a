#pragma once

#include <string>

namespace payments {

// A municipality's own account with the payment provider.
struct Account {
    std::string instance;     // its name there: "gemeinde-musterwil"
    std::string api_key;      // lets us ask and order
    std::string signing_key;  // what its webhooks are signed with
};

}  // namespace payments
