#include "platform/identity/address_change.hpp"

#include "base/text.hpp"
#include "kit/crypto/hashing.hpp"
#include "kit/sql/database.hpp"
#include "platform/identity/account_link_store.hpp"
#include "platform/identity/account_store.hpp"

#include <algorithm>

namespace identity {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

constexpr auto link_lifetime = std::chrono::hours(24);

bool is_about_address(const AccountLink& link)
{
    return link.purpose != LinkPurpose::delete_account;
}

}  // namespace

AddressChange::AddressChange(
    sql::Database& database,
    const base::Clock& clock,
    base::Random& random,
    Accounts& accounts,
    MoveOrders move_orders
)
    : database_(database), clock_(clock), random_(random), accounts_(accounts),
      move_orders_(std::move(move_orders))
{
}

AddressChange::Tokens AddressChange::ask(
    sql::Transaction& across_tenants, const AccountId& id, std::string_view new_email, const Device& device
)
{
    Tokens tokens{base::random_id(random_), base::random_id(random_)};
    if (!AccountStore(across_tenants).find_locked(id))
        return tokens;  // they open nothing: the account was deleted this very moment
    AccountLinkStore links(across_tenants);
    const auto email = base::ascii_lower(base::trim(new_email));
    const auto until = clock_.now() + link_lifetime;
    for (const auto& [token, purpose] :
         {std::pair(tokens.for_old_address, LinkPurpose::leave_address),
          std::pair(tokens.for_new_address, LinkPurpose::take_address)}) {
        links.remove(id, purpose);
        links.add(crypto::hash_token(token), {id, purpose, email, until, false});
    }
    accounts_.note(across_tenants, id, AccountEventKind::address_asked, device);
    return tokens;
}

std::optional<std::string> AddressChange::find_by_link(std::string_view token)
{
    auto transaction = database_.begin_read_across_tenants();
    const auto link = AccountLinkStore(transaction).find(crypto::hash_token(token));
    if (!link || !is_about_address(*link) || link->is_used || clock_.now() > link->expires_at)
        return std::nullopt;
    return link->email;
}

Result<AddressChange::Outcome> AddressChange::confirm(std::string_view token, const Device& device)
{
    const auto hash = crypto::hash_token(token);
    auto transaction = database_.begin_across_tenants();
    AccountStore store(transaction);
    AccountLinkStore links(transaction);
    const auto link = links.find(hash);
    if (!link || !is_about_address(*link) || clock_.now() > link->expires_at)
        return fail(ErrorKind::not_found, "identity.account_link_used");
    // Locked before the link is used: of both links at once the second sees that the first was used.
    const auto account = store.find_locked(link->account);
    if (!account || !links.use(hash, clock_.now()))
        return fail(ErrorKind::not_found, "identity.account_link_used");

    const auto both = links.of_account(account->id);
    const auto is_confirmed = [&](LinkPurpose purpose) {
        return std::ranges::any_of(both, [&](const AccountLink& each) {
            return each.purpose == purpose && each.is_used && each.email == link->email;
        });
    };
    if (!is_confirmed(LinkPurpose::leave_address) || !is_confirmed(LinkPurpose::take_address)) {
        transaction.commit();
        return Outcome::waits_for_other;
    }
    store.lock_email(link->email);
    if (store.find_by_email(link->email))
        return fail(ErrorKind::conflict, "identity.address_taken");
    store.set_email(account->id, link->email);
    move_orders_(transaction, account->email, link->email);
    links.remove_all(account->id);
    accounts_.note(transaction, account->id, AccountEventKind::address_changed, device);
    transaction.commit();
    return Outcome::changed;
}

}  // namespace identity
