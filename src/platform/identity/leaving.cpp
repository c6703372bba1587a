#include "platform/identity/leaving.hpp"

#include "kit/crypto/hashing.hpp"
#include "platform/identity/account_link_store.hpp"
#include "platform/identity/account_store.hpp"
#include "platform/identity/second_step_store.hpp"
#include "platform/identity/sessions.hpp"

namespace identity {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

constexpr auto link_lifetime = std::chrono::hours(24);
constexpr std::size_t at_once = 100;

}  // namespace

Leaving::Leaving(
    sql::Database& database,
    const base::Clock& clock,
    base::Random& random,
    Sessions& sessions,
    Accounts& accounts,
    std::chrono::days unused
)
    : database_(database), clock_(clock), random_(random), sessions_(sessions), accounts_(accounts),
      unused_(unused)
{
}

std::string Leaving::make_link(sql::Transaction& across_tenants, const AccountId& id, const Device& device)
{
    std::string token = base::random_id(random_);
    if (!AccountStore(across_tenants).find_locked(id))
        return token;  // opens nothing: the account was deleted this very moment
    AccountLinkStore links(across_tenants);
    links.remove(id, LinkPurpose::delete_account);
    links.add(
        crypto::hash_token(token), {id, LinkPurpose::delete_account, {}, clock_.now() + link_lifetime, false}
    );
    accounts_.note(across_tenants, id, AccountEventKind::deletion_asked, device);
    return token;
}

std::optional<Account> Leaving::find_by_link(std::string_view token)
{
    auto transaction = database_.begin_read_across_tenants();
    const auto link = AccountLinkStore(transaction).find(crypto::hash_token(token));
    if (!link || link->purpose != LinkPurpose::delete_account || clock_.now() > link->expires_at)
        return std::nullopt;
    return AccountStore(transaction).find(link->account);
}

Result<> Leaving::remove_by_link(std::string_view token)
{
    auto transaction = database_.begin_across_tenants();
    const auto link = AccountLinkStore(transaction).find(crypto::hash_token(token));
    if (!link || link->purpose != LinkPurpose::delete_account || clock_.now() > link->expires_at ||
        !AccountStore(transaction).find_locked(link->account))
        return fail(ErrorKind::not_found, "identity.account_link_used");
    remove_all_of(transaction, link->account, AccountEventKind::deleted);
    transaction.commit();
    return base::Done{};
}

void Leaving::remove(const AccountId& id)
{
    auto transaction = database_.begin_across_tenants();
    if (!AccountStore(transaction).find_locked(id))
        return;
    remove_all_of(transaction, id, AccountEventKind::deleted);
    transaction.commit();
}

void Leaving::remove_all_of(sql::Transaction& across_tenants, const AccountId& id, AccountEventKind why)
{
    sessions_.end_others(across_tenants, id, {});
    SecondStepStore(across_tenants).remove(id);
    SecondStepStore(across_tenants).remove_waits_of(id);
    AccountLinkStore(across_tenants).remove_all(id);
    AccountStore(across_tenants).remove(id);
    accounts_.note(across_tenants, id, why, {});
}

int Leaving::warn_unused(const std::function<void(sql::Transaction&, const Account&)>& warn)
{
    const auto since = clock_.now() - (unused_ - warning_time);
    std::vector<Account> unused;
    {
        auto transaction = database_.begin_read_across_tenants();
        unused = AccountStore(transaction).unused_since(since, at_once);
    }
    int warned = 0;
    for (const auto& each : unused) {
        auto transaction = database_.begin_across_tenants();
        AccountStore store(transaction);
        const auto account = store.find_locked(each.id);
        // Its owner may have logged in, or another program may have warned, meanwhile.
        if (!account || account->state != AccountState::active || account->last_login_at >= since)
            continue;
        store.set_warned(account->id, clock_.now());
        accounts_.note(transaction, account->id, AccountEventKind::warned, {});
        warn(transaction, *account);
        transaction.commit();
        ++warned;
    }
    return warned;
}

int Leaving::remove_unused()
{
    const auto since = clock_.now() - unused_;
    std::vector<Account> unused;
    {
        auto transaction = database_.begin_read_across_tenants();
        unused = AccountStore(transaction).warned_before(clock_.now() - warning_time, since, at_once);
    }
    int removed = 0;
    for (const auto& each : unused) {
        auto transaction = database_.begin_across_tenants();
        const auto account = AccountStore(transaction).find_locked(each.id);
        if (!account || account->state != AccountState::warned || account->last_login_at >= since)
            continue;
        remove_all_of(transaction, account->id, AccountEventKind::removed_unused);
        transaction.commit();
        ++removed;
    }
    return removed;
}

}  // namespace identity
