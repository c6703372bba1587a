#include "platform/identity/sessions.hpp"

#include "base/ordered_id.hpp"
#include "base/text.hpp"
#include "kit/crypto/hashing.hpp"
#include "platform/identity/session_store.hpp"

namespace identity {

using base::ErrorKind;
using base::fail;
using base::Result;
using namespace std::chrono_literals;

namespace {

constexpr auto link_lifetime = 15min;
constexpr auto staff_idle = 30min;
constexpr auto staff_longest = 12h;
constexpr auto resident_idle = 60min;
constexpr auto resident_longest = 24h;
constexpr auto touch_interval = 1min;  // a row written at each click would be wasted

bool has_run_out(const KeptSession& kept, base::Instant now)
{
    const bool is_staff = kept.session.kind == SessionKind::staff;
    const auto idle = is_staff ? staff_idle : resident_idle;
    const auto longest = is_staff ? staff_longest : resident_longest;
    return now - kept.last_seen_at > idle || now - kept.session.begun_at > longest;
}

}  // namespace

Sessions::Sessions(
    sql::Database& database, const base::Clock& clock, base::Random& random, crypto::PasswordCost cost
)
    : database_(database), clock_(clock), random_(random), passwords_(random, cost)
{
}

Result<> Sessions::add_user(const NewUser& user)
{
    User kept;
    kept.tenant = user.tenant;
    kept.id = base::ordered_id(clock_.now(), random_);
    kept.email = base::ascii_lower(base::trim(user.email));
    kept.name = user.name;
    kept.password_hash = passwords_.hash(user.password);
    kept.roles = user.roles;

    auto transaction = database_.begin_across_tenants();
    if (!SessionStore(transaction).add_user(kept, clock_.now()))
        return fail(ErrorKind::conflict, "identity.email_taken");
    transaction.commit();
    return base::Done{};
}

Result<std::string> Sessions::log_in(std::string_view email, std::string_view password, const Device& device)
{
    std::optional<User> user;
    {
        auto transaction = database_.begin_read_across_tenants();
        user = SessionStore(transaction).find_user(base::trim(email));
    }
    const auto hash = user ? std::optional(user->password_hash) : std::nullopt;
    if (!passwords_.matches(hash, password) || !user->is_active)
        return fail(ErrorKind::forbidden, "identity.wrong_login");

    std::string token = base::random_id(random_);
    auto transaction = database_.begin_across_tenants();
    Session session{SessionKind::staff, user->id, user->email, user->name, user->tenant, user->roles};
    session.begun_at = clock_.now();
    session.id = base::ordered_id(session.begun_at, random_);
    SessionStore(transaction).add_session(crypto::hash_token(token), session, device);
    transaction.commit();
    return token;
}

std::string Sessions::make_login_link(
    sql::Transaction& across_tenants, std::string_view email, std::string_view return_to
)
{
    std::string token = base::random_id(random_);
    const LoginLink link{
        base::ascii_lower(base::trim(email)), std::string(return_to), clock_.now() + link_lifetime, false};
    SessionStore(across_tenants).add_link(crypto::hash_token(token), link);
    return token;
}

bool Sessions::is_open(std::string_view link_token)
{
    auto transaction = database_.begin_read_across_tenants();
    const auto link = SessionStore(transaction).find_link(crypto::hash_token(link_token));
    return link && !link->is_used && clock_.now() <= link->expires_at;
}

Result<Sessions::Link> Sessions::use_link(sql::Transaction& across_tenants, std::string_view link_token)
{
    const auto hash = crypto::hash_token(link_token);
    SessionStore store(across_tenants);
    const auto link = store.find_link(hash);
    if (!link || clock_.now() > link->expires_at || !store.use_link(hash, clock_.now()))
        return fail(ErrorKind::not_found, "identity.link_used");
    return Link{link->email, link->return_to};
}

std::string Sessions::open(sql::Transaction& across_tenants, const Account& account, const Device& device)
{
    std::string token = base::random_id(random_);
    Session session{SessionKind::resident, account.id.text, account.email, {}, {}, {}};
    session.begun_at = clock_.now();
    session.id = base::ordered_id(session.begun_at, random_);
    SessionStore(across_tenants).add_session(crypto::hash_token(token), session, device);
    return token;
}

std::optional<Session> Sessions::find(std::string_view session_token)
{
    const auto hash = crypto::hash_token(session_token);
    const auto now = clock_.now();
    std::optional<KeptSession> kept;
    {
        auto transaction = database_.begin_read_across_tenants();
        kept = SessionStore(transaction).find_session(hash);
    }
    if (!kept || has_run_out(*kept, now))
        return std::nullopt;
    if (now - kept->last_seen_at > touch_interval) {
        auto transaction = database_.begin_across_tenants();
        SessionStore(transaction).touch_session(hash, now);
        transaction.commit();
    }
    return std::move(kept->session);
}

void Sessions::log_out(std::string_view session_token)
{
    auto transaction = database_.begin_across_tenants();
    SessionStore(transaction).remove_session(crypto::hash_token(session_token));
    transaction.commit();
}

std::vector<KeptSession>
Sessions::of_account(sql::Transaction& across_tenants, const AccountId& account) const
{
    auto kept = SessionStore(across_tenants).sessions_of(account.text);
    std::erase_if(kept, [&](const KeptSession& each) { return has_run_out(each, clock_.now()); });
    return kept;
}

bool Sessions::end(sql::Transaction& across_tenants, const AccountId& account, std::string_view id)
{
    return SessionStore(across_tenants).remove_session_of(account.text, id);
}

std::int64_t
Sessions::end_others(sql::Transaction& across_tenants, const AccountId& account, std::string_view kept_id)
{
    return SessionStore(across_tenants).remove_other_sessions(account.text, kept_id);
}

void Sessions::purge()
{
    const auto now = clock_.now();
    auto transaction = database_.begin_across_tenants();
    SessionStore store(transaction);
    store.remove_sessions(now - resident_longest, now - resident_idle);
    store.remove_links(now - link_lifetime);
    transaction.commit();
}

}  // namespace identity
