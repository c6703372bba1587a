#pragma once

#include "kit/sql/database.hpp"
#include "platform/clients/clients.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clients {

// A client as kept.
struct ClientRow {
    Client client;
    std::string secret_hash;
    std::string former_secret_hash = {};
    base::Instant former_secret_expires = {};
    bool is_active = true;
    std::optional<base::Instant> last_used_at = {};
};

struct TokenRow {
    std::string token_hash;
    base::TenantId tenant;
    std::string client_id;
    Scopes scopes;
    base::Instant expires_at;
};

// The tables of clients. A client is looked for before its tenant is known, so every transaction here is one
// across tenants.
class ClientStore {
public:
    explicit ClientStore(sql::Transaction& transaction) : transaction_(transaction) {}

    void add(const ClientRow& row, base::Instant now);
    std::optional<ClientRow> find(std::string_view client_id) const;
    std::vector<ClientRow> all() const;
    // Secrets and whether it is active, as they now are.
    void save(const ClientRow& row);
    void note_use(const Client& client, base::Instant now);

    void add_token(const TokenRow& row);
    // The client with the scopes of the token, when both are still good.
    std::optional<Client> find_by_token(std::string_view token_hash, base::Instant now) const;
    void remove_tokens_of(const Client& client);
    void remove_tokens(base::Instant expired_before);

private:
    sql::Transaction& transaction_;
};

}  // namespace clients
