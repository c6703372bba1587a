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
    return now - kept.last_seen_at > idle || now - kept.created_at > longest;
}

}  // namespace

Sessions::Sessions(
    sql::Database& database, const base::Clock& clock, base::Random& random, crypto::PasswordCost cost
)
    : database_(database), clock_(clock), random_(random), cost_(cost),
      nobodys_hash_(crypto::hash_password(base::random_id(random), cost))
{
}

Result<> Sessions::add_user(const NewUser& user)
{
    User kept;
    kept.tenant = user.tenant;
    kept.id = base::ordered_id(clock_.now(), random_);
    kept.email = base::ascii_lower(base::trim(user.email));
    kept.name = user.name;
    kept.password_hash = crypto::hash_password(user.password, cost_);
    kept.roles = user.roles;

    auto transaction = database_.begin_across_tenants();
    if (!SessionStore(transaction).add_user(kept, clock_.now()))
        return fail(ErrorKind::conflict, "identity.email_taken");
    transaction.commit();
    return base::Done{};
}

Result<std::string> Sessions::log_in(std::string_view email, std::string_view password)
{
    std::optional<User> user;
    {
        auto transaction = database_.begin_read_across_tenants();
        user = SessionStore(transaction).find_user(base::trim(email));
    }
    const bool is_right = crypto::verify_password(user ? user->password_hash : nobodys_hash_, password);
    if (!user || !is_right || !user->is_active)
        return fail(ErrorKind::forbidden, "identity.wrong_login");

    std::string token = base::random_id(random_);
    auto transaction = database_.begin_across_tenants();
    const Session session{SessionKind::staff, user->id, user->email, user->name, user->tenant, user->roles};
    SessionStore(transaction).add_session(crypto::hash_token(token), session, clock_.now());
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

Result<Sessions::Entry> Sessions::log_in_by_link(std::string_view link_token)
{
    const auto hash = crypto::hash_token(link_token);
    auto transaction = database_.begin_across_tenants();
    SessionStore store(transaction);
    const auto link = store.find_link(hash);
    if (!link || clock_.now() > link->expires_at || !store.use_link(hash, clock_.now()))
        return fail(ErrorKind::not_found, "identity.link_used");

    std::string token = base::random_id(random_);
    const Session session{SessionKind::resident, link->email, link->email, {}, {}, {}};
    store.add_session(crypto::hash_token(token), session, clock_.now());
    transaction.commit();
    return Entry{std::move(token), link->return_to};
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
