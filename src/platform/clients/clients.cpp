#include "platform/clients/clients.hpp"

#include "base/ordered_id.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "kit/crypto/hashing.hpp"
#include "kit/json/json.hpp"
#include "platform/clients/client_store.hpp"

#include <algorithm>
#include <array>

namespace clients {

using base::ErrorKind;
using base::fail;
using base::Result;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds token_lifetime = 1h;
constexpr auto former_secret_lifetime = 24h;
constexpr std::string_view job_prefix = "jobs:";
constexpr std::array scope_names{
    std::string_view("deploy"),
    std::string_view("processes"),
    std::string_view("tasks"),
    std::string_view("decisions"),
    std::string_view("jobs"),
    std::string_view("cases:read"),
    std::string_view("cases:write"),
    std::string_view("orders:write"),
    std::string_view("webhooks"),
};

bool is_scope(std::string_view word)
{
    return std::ranges::find(scope_names, word) != scope_names.end() ||
           (word.starts_with(job_prefix) && word.size() > job_prefix.size());
}

bool has(const Scopes& scopes, std::string_view scope)
{
    return std::ranges::find(scopes, scope) != scopes.end();
}

// What a client with these scopes may do, a client with "jobs" also for any one type.
bool covers(const Scopes& scopes, std::string_view wanted)
{
    return has(scopes, wanted) || (wanted.starts_with(job_prefix) && has(scopes, "jobs"));
}

// Widespread clients read in the token until when it is good, so it has the shape of a JSON Web Token (RFC
// 7519). Nobody but us looks at its third part: random, and kept as a hash.
std::string make_token(const std::string& client_id, base::Instant now, base::Random& random)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    const json::Object header{{"alg", "HS256"}, {"typ", "JWT"}};
    const json::Object claims{
        {"iss", "schalter"},
        {"sub", client_id},
        {"iat", std::int64_t{seconds}},
        {"exp", std::int64_t{seconds + token_lifetime.count()}},
    };
    return crypto::base64url(json::write(header)) + "." + crypto::base64url(json::write(claims)) + "." +
           base::random_id(random);
}

bool is_right(const ClientRow& row, std::string_view secret, base::Instant now)
{
    const auto hash = crypto::hash_token(secret);
    const bool is_current = crypto::equal_in_constant_time(hash, row.secret_hash);
    const bool is_former = crypto::equal_in_constant_time(hash, row.former_secret_hash);
    return is_current || (is_former && now < row.former_secret_expires);
}

}  // namespace

Result<Scopes> parse_scopes(std::string_view text)
{
    Scopes scopes;
    for (const auto word : base::split(text, ' ')) {
        if (word.empty())
            continue;
        if (!is_scope(word))
            return fail(ErrorKind::invalid, "clients.unknown_scope", std::string(word));
        if (!has(scopes, word))
            scopes.emplace_back(word);
    }
    return scopes;
}

std::string write_scopes(const Scopes& scopes)
{
    return base::join(scopes, " ");
}

bool Client::may(std::string_view scope) const
{
    return has(scopes, scope);
}

bool Client::may_work_on(std::string_view job_type) const
{
    return covers(scopes, std::string(job_prefix) + std::string(job_type));
}

Clients::Clients(sql::Database& database, const base::Clock& clock, base::Random& random)
    : database_(database), clock_(clock), random_(random)
{
}

Credentials Clients::add(const NewClient& wanted)
{
    const Credentials credentials{base::ordered_id(clock_.now(), random_), base::random_id(random_)};
    auto transaction = database_.begin_across_tenants();
    ClientStore(transaction)
        .add(
            {.client{wanted.tenant, credentials.client_id, wanted.name, wanted.scopes},
             .secret_hash = crypto::hash_token(credentials.client_secret)},
            clock_.now()
        );
    transaction.commit();
    return credentials;
}

Result<Credentials> Clients::rotate(std::string_view client_id)
{
    auto transaction = database_.begin_across_tenants();
    ClientStore store(transaction);
    auto row = store.find(client_id);
    if (!row)
        return fail(ErrorKind::not_found, "clients.unknown", std::string(client_id));
    const Credentials credentials{row->client.id, base::random_id(random_)};
    row->former_secret_hash = std::exchange(row->secret_hash, crypto::hash_token(credentials.client_secret));
    row->former_secret_expires = clock_.now() + former_secret_lifetime;
    store.save(*row);
    transaction.commit();
    return credentials;
}

Result<> Clients::switch_off(std::string_view client_id)
{
    auto transaction = database_.begin_across_tenants();
    ClientStore store(transaction);
    auto row = store.find(client_id);
    if (!row)
        return fail(ErrorKind::not_found, "clients.unknown", std::string(client_id));
    row->is_active = false;
    store.save(*row);
    store.remove_tokens_of(row->client);
    transaction.commit();
    return base::Done{};
}

std::vector<ListedClient> Clients::list() const
{
    auto transaction = database_.begin_read_across_tenants();
    std::vector<ListedClient> listed;
    for (auto& row : ClientStore(transaction).all())
        listed.push_back({std::move(row.client), row.is_active, row.last_used_at});
    return listed;
}

std::optional<Client> Clients::find_client(std::string_view client_id) const
{
    auto transaction = database_.begin_read_across_tenants();
    auto row = ClientStore(transaction).find(client_id);
    return row && row->is_active ? std::optional(std::move(row->client)) : std::nullopt;
}

Result<Token>
Clients::issue_token(std::string_view client_id, std::string_view client_secret, std::string_view wanted)
{
    auto transaction = database_.begin_across_tenants();
    ClientStore store(transaction);
    const auto row = store.find(client_id);
    const auto now = clock_.now();
    if (!row || !row->is_active || !is_right(*row, client_secret, now))
        return fail(ErrorKind::forbidden, "clients.wrong_secret");
    auto scopes = parse_scopes(wanted);
    if (!scopes)
        return scopes.error();
    for (const auto& scope : *scopes)
        if (!covers(row->client.scopes, scope))
            return fail(ErrorKind::invalid, "clients.missing_scope", scope);

    Token token{
        make_token(row->client.id, now, random_),
        token_lifetime,
        scopes->empty() ? row->client.scopes : *scopes};
    store.add_token({
        .token_hash = crypto::hash_token(token.text),
        .tenant = row->client.tenant,
        .client_id = row->client.id,
        .scopes = token.scopes,
        .expires_at = now + token_lifetime,
    });
    store.note_use(row->client, now);
    transaction.commit();
    return token;
}

std::optional<Client> Clients::find(std::string_view token) const
{
    auto transaction = database_.begin_read_across_tenants();
    return ClientStore(transaction).find_by_token(crypto::hash_token(token), clock_.now());
}

void Clients::purge()
{
    auto transaction = database_.begin_across_tenants();
    ClientStore(transaction).remove_tokens(clock_.now());
    transaction.commit();
}

}  // namespace clients
