#include "platform/connectors/connector_store.hpp"

#include "kit/crypto/sealer.hpp"
#include "kit/sql/database.hpp"

#include <stdexcept>

namespace connectors {

namespace {

constexpr std::string_view secret_purpose = "connectors.secret";

}  // namespace

std::optional<Connector> ConnectorStore::find() const
{
    static constexpr sql::Statement statement{
        "SELECT address, secret FROM connectors WHERE tenant_id = :tenant_id"};
    const std::string& tenant = transaction_.tenant().text;
    return transaction_.first(statement, {{"tenant_id", tenant}}, [&](const sql::Row& row) {
        auto secret = sealer_.open(row.blob(1), secret_purpose, tenant);
        if (!secret)
            throw std::runtime_error(
                "connectors: a secret cannot be unsealed; is the sealing key still there?"
            );
        return Connector{row.text(0), std::move(*secret)};
    });
}

void ConnectorStore::save(const Connector& connector)
{
    static constexpr sql::Statement statement{
        "INSERT INTO connectors (tenant_id, address, secret) VALUES (:tenant_id, :address, :secret) "
        "ON CONFLICT (tenant_id) DO UPDATE SET address = :address, secret = :secret"};
    const std::string& tenant = transaction_.tenant().text;
    transaction_.execute_one(
        statement,
        {{"tenant_id", tenant},
         {"address", connector.address},
         {"secret", sealer_.seal(connector.secret, secret_purpose, tenant)}}
    );
}

}  // namespace connectors
