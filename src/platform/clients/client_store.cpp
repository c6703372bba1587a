#include "platform/clients/client_store.hpp"

#include "base/text.hpp"

namespace clients {

namespace {

constexpr sql::Statement insert_client = R"sql(
    INSERT INTO api_clients (tenant_id, id, name, scopes, secret_hash, former_secret_hash, former_secret_expires,
                             is_active, created_at)
    VALUES (:tenant_id, :id, :name, :scopes, :secret_hash, '', 0, 1, :now))sql";
constexpr sql::Statement select_client = R"sql(
    SELECT tenant_id, id, name, scopes, secret_hash, former_secret_hash, former_secret_expires, is_active, last_used_at
    FROM api_clients WHERE id = :id)sql";
constexpr sql::Statement select_clients = R"sql(
    SELECT tenant_id, id, name, scopes, secret_hash, former_secret_hash, former_secret_expires, is_active, last_used_at
    FROM api_clients ORDER BY tenant_id, name, id)sql";
constexpr sql::Statement update_client = R"sql(
    UPDATE api_clients SET secret_hash = :secret_hash, former_secret_hash = :former_secret_hash,
                           former_secret_expires = :former_secret_expires, is_active = :is_active
    WHERE tenant_id = :tenant_id AND id = :id)sql";
constexpr sql::Statement update_last_use =
    "UPDATE api_clients SET last_used_at = :now WHERE tenant_id = :tenant_id AND id = :id";
constexpr sql::Statement insert_token = R"sql(
    INSERT INTO api_tokens (tenant_id, token_hash, client_id, scopes, expires_at)
    VALUES (:tenant_id, :token_hash, :client_id, :scopes, :expires_at))sql";
constexpr sql::Statement select_by_token = R"sql(
    SELECT token.tenant_id, token.client_id, client.name, token.scopes
    FROM api_tokens token JOIN api_clients client
      ON client.tenant_id = token.tenant_id AND client.id = token.client_id
    WHERE token.token_hash = :token_hash AND token.expires_at > :now AND client.is_active = 1)sql";
constexpr sql::Statement delete_tokens_of =
    "DELETE FROM api_tokens WHERE tenant_id = :tenant_id AND client_id = :client_id";
// Canton-wide: the sweep of what has expired, of every authority.
constexpr sql::Statement delete_old_tokens = "DELETE FROM api_tokens WHERE expires_at <= :expired_before";

std::int64_t milliseconds(base::Instant instant)
{
    return instant.time_since_epoch().count();
}

base::Instant instant(std::int64_t milliseconds)
{
    return base::Instant(std::chrono::milliseconds(milliseconds));
}

Scopes read_scopes(const std::string& text)
{
    Scopes scopes;
    for (const auto word : base::split(text, ' '))
        if (!word.empty())
            scopes.emplace_back(word);
    return scopes;
}

ClientRow read_client(const sql::Row& row)
{
    const auto last_use = row.integer_or_null(8);
    return {
        .client{{row.text(0)}, row.text(1), row.text(2), read_scopes(row.text(3))},
        .secret_hash = row.text(4),
        .former_secret_hash = row.text(5),
        .former_secret_expires = instant(row.integer(6)),
        .is_active = row.integer(7) != 0,
        .last_used_at = last_use ? std::optional(instant(*last_use)) : std::nullopt,
    };
}

}  // namespace

void ClientStore::add(const ClientRow& row, base::Instant now)
{
    transaction_.execute_one(
        insert_client,
        {{"tenant_id", row.client.tenant.text},
         {"id", row.client.id},
         {"name", row.client.name},
         {"scopes", write_scopes(row.client.scopes)},
         {"secret_hash", row.secret_hash},
         {"now", milliseconds(now)}}
    );
}

std::optional<ClientRow> ClientStore::find(std::string_view client_id) const
{
    return transaction_.first(select_client, {{"id", std::string(client_id)}}, read_client);
}

std::vector<ClientRow> ClientStore::all() const
{
    return transaction_.all(select_clients, {}, read_client);
}

void ClientStore::save(const ClientRow& row)
{
    transaction_.execute_one(
        update_client,
        {{"secret_hash", row.secret_hash},
         {"former_secret_hash", row.former_secret_hash},
         {"former_secret_expires", milliseconds(row.former_secret_expires)},
         {"is_active", std::int64_t{row.is_active ? 1 : 0}},
         {"tenant_id", row.client.tenant.text},
         {"id", row.client.id}}
    );
}

void ClientStore::note_use(const Client& client, base::Instant now)
{
    transaction_.execute_one(
        update_last_use, {{"now", milliseconds(now)}, {"tenant_id", client.tenant.text}, {"id", client.id}}
    );
}

void ClientStore::add_token(const TokenRow& row)
{
    transaction_.execute_one(
        insert_token,
        {{"tenant_id", row.tenant.text},
         {"token_hash", row.token_hash},
         {"client_id", row.client_id},
         {"scopes", write_scopes(row.scopes)},
         {"expires_at", milliseconds(row.expires_at)}}
    );
}

std::optional<Client> ClientStore::find_by_token(std::string_view token_hash, base::Instant now) const
{
    return transaction_.first(
        select_by_token,
        {{"token_hash", std::string(token_hash)}, {"now", milliseconds(now)}},
        [](const sql::Row& row) {
            return Client{{row.text(0)}, row.text(1), row.text(2), read_scopes(row.text(3))};
        }
    );
}

void ClientStore::remove_tokens_of(const Client& client)
{
    transaction_.execute(delete_tokens_of, {{"tenant_id", client.tenant.text}, {"client_id", client.id}});
}

void ClientStore::remove_tokens(base::Instant expired_before)
{
    transaction_.execute(delete_old_tokens, {{"expired_before", milliseconds(expired_before)}});
}

}  // namespace clients
