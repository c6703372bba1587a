#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace base {
class Random;
}
namespace sql {
class Database;
}

namespace clients {

// What a client may do, one word each: "deploy", "processes" (start, messages, signals, variables,
// incidents), "tasks", "decisions", "jobs" (of any type) or "jobs:fetch-person" (of that type) at /v2;
// "cases:read", "cases:write", "orders:write", "webhooks" at /api/v1.
using Scopes = std::vector<std::string>;
// Words of that list, separated by spaces (RFC 6749 section 3.3). `invalid` names the word that is none.
base::Result<Scopes> parse_scopes(std::string_view text);
std::string write_scopes(const Scopes& scopes);

// A program of somebody else that shows a valid token.
struct Client {
    base::TenantId tenant;  // whose processes it works for; "canton": those of all
    std::string id;
    std::string name;
    Scopes scopes;

    bool may(std::string_view scope) const;
    bool may_work_on(std::string_view job_type) const;
    // Serves the tenant: its own, or any for a client of the canton.
    bool serves(const base::TenantId& other) const { return tenant == other || tenant.text == "canton"; }
};

struct NewClient {
    base::TenantId tenant;
    std::string name;  // for people: "Dialog G6, Baden"
    Scopes scopes;
};

// Shown once; afterwards only hashes are known.
struct Credentials {
    std::string client_id;
    std::string client_secret;
};

struct Token {
    std::string text;
    std::chrono::seconds lifetime;
    Scopes scopes;
};

struct ListedClient {
    Client client;
    bool is_active = true;
    std::optional<base::Instant> last_used_at;
};

// The programs that may use the interfaces, by OAuth 2.0 client credentials (RFC 6749 section 4.4).
// Safe to share between threads.
class Clients {
public:
    Clients(sql::Database& database, const base::Clock& clock, base::Random& random);

    Credentials add(const NewClient& wanted);
    // A new secret; the former one is taken for another day, so that nothing stops. `not_found`.
    base::Result<Credentials> rotate(std::string_view client_id);
    // Its secrets and tokens are taken no longer. `not_found`.
    base::Result<> switch_off(std::string_view client_id);
    std::vector<ListedClient> list() const;
    // Nothing for an unknown client and for one that was switched off.
    std::optional<Client> find_client(std::string_view client_id) const;

    // For an hour. Without `wanted` all of the client's scopes. `forbidden` for an unknown client, a wrong
    // secret and a client that was switched off alike; `invalid` for a scope it does not have.
    base::Result<Token>
    issue_token(std::string_view client_id, std::string_view client_secret, std::string_view wanted = {});
    // Nothing for an unknown token, one that has run out, or one of a client that was switched off.
    std::optional<Client> find(std::string_view token) const;

    // Deletes tokens that have run out. Running it twice is harmless.
    void purge();

private:
    sql::Database& database_;
    const base::Clock& clock_;
    base::Random& random_;
};

}  // namespace clients
