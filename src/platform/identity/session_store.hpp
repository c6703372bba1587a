#pragma once

#include "kit/sql/database.hpp"
#include "platform/identity/visit.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace identity {

// A user of an authority as kept.
struct User {
    base::TenantId tenant;
    std::string id;
    std::string email;  // lower case
    std::string name;
    std::string password_hash;
    std::vector<Role> roles;
    bool is_active = true;
};

struct LoginLink {
    std::string email;
    std::string return_to;
    base::Instant expires_at;
    bool is_used = false;
};

// The tables of identity. Sessions and users are looked for before their tenant is known,
// so every transaction here is one across tenants.
class SessionStore {
public:
    explicit SessionStore(sql::Transaction& transaction);

    bool add_user(const User& user, base::Instant now);  // false: the e-mail address has an account
    std::optional<User> find_user(std::string_view email) const;

    void add_session(const std::string& token_hash, const Session& session, const Device& device);
    // With the user's present roles, or the account's present address.
    std::optional<KeptSession> find_session(std::string_view token_hash) const;
    std::vector<KeptSession> sessions_of(std::string_view account) const;  // a resident's, the newest first
    void touch_session(std::string_view token_hash, base::Instant now);
    void remove_session(std::string_view token_hash);
    // False when the account has no such session.
    bool remove_session_of(std::string_view account, std::string_view id);
    std::int64_t remove_other_sessions(std::string_view account, std::string_view kept_id);
    std::int64_t remove_sessions(base::Instant created_before, base::Instant seen_before);

    void add_link(const std::string& token_hash, const LoginLink& link);
    std::optional<LoginLink> find_link(std::string_view token_hash) const;
    bool use_link(std::string_view token_hash, base::Instant now);  // false: somebody else used it just now
    std::int64_t remove_links(base::Instant expired_before);

private:
    sql::Transaction& transaction_;
};

}  // namespace identity
