#pragma once

#include "platform/payments/account.hpp"

#include <optional>

namespace sql {
class Transaction;
}
namespace crypto {
class Sealer;
}

namespace payments {

// The table of accounts. Sealing happens here, so that nothing above can forget it.
class AccountStore {
public:
    AccountStore(sql::Transaction& transaction, const crypto::Sealer& sealer)
        : transaction_(transaction), sealer_(sealer)
    {
    }

    std::optional<Account> find() const;  // the tenant's
    void save(const Account& account);

private:
    sql::Transaction& transaction_;
    const crypto::Sealer& sealer_;
};

}  // namespace payments
