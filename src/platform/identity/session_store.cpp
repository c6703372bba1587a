#include "platform/identity/session_store.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace identity {

namespace {

// Canton-wide: a session, a link or an account is looked for before anybody knows the tenant.
constexpr sql::Statement insert_user = R"sql(
    INSERT INTO users (tenant_id, id, email, name, password_hash, roles, is_active, created_at)
    VALUES (:tenant_id, :id, :email, :name, :password_hash, :roles, :is_active, :created_at))sql";
constexpr sql::Statement select_user = R"sql(
    SELECT tenant_id, id, email, name, password_hash, roles, is_active FROM users WHERE email = :email)sql";
constexpr sql::Statement insert_session = R"sql(
    INSERT INTO sessions (tenant_id, token_hash, kind, subject, email, created_at, last_seen_at, id, browser, system)
    VALUES (:tenant_id, :token_hash, :kind, :subject, :email, :now, :now, :id, :browser, :system))sql";
constexpr sql::Statement select_session = R"sql(
    SELECT sessions.tenant_id, kind, subject, COALESCE(resident_accounts.email, sessions.email), sessions.created_at,
           last_seen_at, sessions.id, browser, system, users.name, users.roles,
           CASE WHEN kind = 'staff' THEN COALESCE(users.is_active, 0)
                WHEN resident_accounts.id IS NULL THEN 0 ELSE 1 END
    FROM sessions LEFT JOIN users ON users.tenant_id = sessions.tenant_id AND users.id = sessions.subject
    LEFT JOIN resident_accounts
        ON resident_accounts.tenant_id = sessions.tenant_id AND resident_accounts.id = sessions.subject
    WHERE token_hash = :token_hash)sql";
constexpr sql::Statement select_sessions_of = R"sql(
    SELECT tenant_id, kind, subject, email, created_at, last_seen_at, id, browser, system FROM sessions
    WHERE tenant_id = 'canton' AND subject = :subject AND kind = 'resident' ORDER BY created_at DESC, id DESC)sql";
constexpr sql::Statement delete_session_of =
    "DELETE FROM sessions WHERE tenant_id = 'canton' AND subject = :subject AND kind = 'resident' AND id = :id";
constexpr sql::Statement delete_other_sessions =
    "DELETE FROM sessions WHERE tenant_id = 'canton' AND subject = :subject AND kind = 'resident' AND id <> :id";
// Canton-wide: whose session it is only the session says.
constexpr sql::Statement update_seen =
    "UPDATE sessions SET last_seen_at = :now WHERE token_hash = :token_hash";
// Canton-wide: likewise.
constexpr sql::Statement delete_session = "DELETE FROM sessions WHERE token_hash = :token_hash";
// Canton-wide: the sweep of what is too old, of every authority.
constexpr sql::Statement delete_old_sessions =
    "DELETE FROM sessions WHERE created_at < :created_before OR last_seen_at < :seen_before";
constexpr sql::Statement insert_link = R"sql(
    INSERT INTO login_links (tenant_id, token_hash, email, return_to, expires_at)
    VALUES ('canton', :token_hash, :email, :return_to, :expires_at))sql";
constexpr sql::Statement select_link = R"sql(
    SELECT email, return_to, expires_at, used_at FROM login_links
    WHERE tenant_id = 'canton' AND token_hash = :token_hash)sql";
constexpr sql::Statement use_link_once = R"sql(
    UPDATE login_links SET used_at = :now
    WHERE tenant_id = 'canton' AND token_hash = :token_hash AND used_at IS NULL)sql";
constexpr sql::Statement delete_old_links =
    "DELETE FROM login_links WHERE tenant_id = 'canton' AND expires_at < :expired_before";

constexpr std::array<std::pair<Role, std::string_view>, 3> role_names{{
    {Role::clerk, "clerk"},
    {Role::administrator, "administrator"},
    {Role::programme_office, "programme_office"},
}};

std::string write_roles(const std::vector<Role>& roles)
{
    std::vector<std::string> names;
    for (const Role role : roles)
        names.emplace_back(
            std::ranges::find(role_names, role, &std::pair<Role, std::string_view>::first)->second
        );
    return base::join(names, " ");
}

std::vector<Role> read_roles(std::string_view text)
{
    std::vector<Role> roles;
    for (const auto name : base::split(text, ' ')) {
        const auto found = std::ranges::find(role_names, name, &std::pair<Role, std::string_view>::second);
        if (found != role_names.end())
            roles.push_back(found->first);
    }
    return roles;
}

std::int64_t milliseconds(base::Instant instant)
{
    return instant.time_since_epoch().count();
}

base::Instant instant(std::int64_t milliseconds)
{
    return base::Instant(std::chrono::milliseconds(milliseconds));
}

KeptSession read_session(const sql::Row& row)
{
    KeptSession kept;
    kept.session.kind = row.text(1) == "staff" ? SessionKind::staff : SessionKind::resident;
    kept.session.subject = row.text(2);
    kept.session.email = row.text(3);
    kept.session.begun_at = instant(row.integer(4));
    kept.last_seen_at = instant(row.integer(5));
    kept.session.id = row.text(6);
    kept.device = {row.text(7), row.text(8)};
    return kept;
}

}  // namespace

SessionStore::SessionStore(sql::Transaction& transaction) : transaction_(transaction) {}

bool SessionStore::add_user(const User& user, base::Instant now)
{
    return transaction_.try_insert(
        insert_user,
        {{"tenant_id", user.tenant.text},
         {"id", user.id},
         {"email", user.email},
         {"name", user.name},
         {"password_hash", user.password_hash},
         {"roles", write_roles(user.roles)},
         {"is_active", std::int64_t{user.is_active}},
         {"created_at", milliseconds(now)}}
    );
}

std::optional<User> SessionStore::find_user(std::string_view email) const
{
    return transaction_.first(select_user, {{"email", base::ascii_lower(email)}}, [](const sql::Row& row) {
        return User{
            {row.text(0)},
            row.text(1),
            row.text(2),
            row.text(3),
            row.text(4),
            read_roles(row.text(5)),
            row.integer(6) != 0};
    });
}

void SessionStore::add_session(const std::string& token_hash, const Session& session, const Device& device)
{
    const bool is_staff = session.kind == SessionKind::staff;
    transaction_.execute_one(
        insert_session,
        {{"tenant_id", is_staff ? session.tenant.text : "canton"},
         {"token_hash", token_hash},
         {"kind", std::string(is_staff ? "staff" : "resident")},
         {"subject", session.subject},
         {"email", session.email},
         {"now", milliseconds(session.begun_at)},
         {"id", session.id},
         {"browser", device.browser},
         {"system", device.system}}
    );
}

std::optional<KeptSession> SessionStore::find_session(std::string_view token_hash) const
{
    auto found = transaction_.first(
        select_session,
        {{"token_hash", std::string(token_hash)}},
        [](const sql::Row& row) {
            KeptSession kept = read_session(row);
            if (kept.session.kind == SessionKind::staff) {
                kept.session.tenant = {row.text(0)};
                kept.session.name = row.text_or_null(9).value_or("");
                kept.session.roles = read_roles(row.text_or_null(10).value_or(""));
            }
            return std::pair(kept, row.integer(11) != 0);
        }
    );
    // A user who was switched off is out at once, whatever session was open; so is whose account is gone.
    return found && found->second ? std::optional(std::move(found->first)) : std::nullopt;
}

std::vector<KeptSession> SessionStore::sessions_of(std::string_view account) const
{
    return transaction_.all(select_sessions_of, {{"subject", std::string(account)}}, read_session);
}

bool SessionStore::remove_session_of(std::string_view account, std::string_view id)
{
    return transaction_.execute(
               delete_session_of, {{"subject", std::string(account)}, {"id", std::string(id)}}
           ) == 1;
}

std::int64_t SessionStore::remove_other_sessions(std::string_view account, std::string_view kept_id)
{
    return transaction_.execute(
        delete_other_sessions, {{"subject", std::string(account)}, {"id", std::string(kept_id)}}
    );
}

void SessionStore::touch_session(std::string_view token_hash, base::Instant now)
{
    transaction_.execute(update_seen, {{"token_hash", std::string(token_hash)}, {"now", milliseconds(now)}});
}

void SessionStore::remove_session(std::string_view token_hash)
{
    transaction_.execute(delete_session, {{"token_hash", std::string(token_hash)}});
}

std::int64_t SessionStore::remove_sessions(base::Instant created_before, base::Instant seen_before)
{
    return transaction_.execute(
        delete_old_sessions,
        {{"created_before", milliseconds(created_before)}, {"seen_before", milliseconds(seen_before)}}
    );
}

void SessionStore::add_link(const std::string& token_hash, const LoginLink& link)
{
    transaction_.execute_one(
        insert_link,
        {{"token_hash", token_hash},
         {"email", link.email},
         {"return_to", link.return_to},
         {"expires_at", milliseconds(link.expires_at)}}
    );
}

std::optional<LoginLink> SessionStore::find_link(std::string_view token_hash) const
{
    return transaction_
        .first(select_link, {{"token_hash", std::string(token_hash)}}, [](const sql::Row& row) {
            return LoginLink{row.text(0), row.text(1), instant(row.integer(2)), !row.is_null(3)};
        });
}

bool SessionStore::use_link(std::string_view token_hash, base::Instant now)
{
    return transaction_.execute(
               use_link_once, {{"token_hash", std::string(token_hash)}, {"now", milliseconds(now)}}
           ) == 1;
}

std::int64_t SessionStore::remove_links(base::Instant expired_before)
{
    return transaction_.execute(delete_old_links, {{"expired_before", milliseconds(expired_before)}});
}

}  // namespace identity
