#pragma once

#include "platform/connectors/business_system.hpp"

#include <optional>

namespace sql {
class Transaction;
}
namespace crypto {
class Sealer;
}

namespace connectors {

// The table of connectors. Sealing happens here, so that nothing above can forget it.
class ConnectorStore {
public:
    ConnectorStore(sql::Transaction& transaction, const crypto::Sealer& sealer)
        : transaction_(transaction), sealer_(sealer)
    {
    }

    std::optional<Connector> find() const;  // the tenant's
    void save(const Connector& connector);

private:
    sql::Transaction& transaction_;
    const crypto::Sealer& sealer_;
};

}  // namespace connectors
