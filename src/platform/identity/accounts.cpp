#include "platform/identity/accounts.hpp"

#include "base/ordered_id.hpp"
#include "base/text.hpp"
#include "kit/crypto/hashing.hpp"
#include "platform/identity/account_store.hpp"
#include "platform/identity/breached_passwords.hpp"
#include "platform/identity/second_step_store.hpp"
#include "platform/identity/sessions.hpp"

#include <stdexcept>

namespace identity {

using base::ErrorKind;
using base::fail;
using base::Result;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t shortest_password = 12;
constexpr std::size_t longest_password = 200;
constexpr std::size_t most_password_bytes = 4 * longest_password;  // more is not even hashed
constexpr auto code_patience = 10min;
constexpr auto logins_kept = std::chrono::days(90);

}  // namespace

Accounts::Accounts(
    sql::Database& database,
    const base::Clock& clock,
    base::Random& random,
    Sessions& sessions,
    const BreachedPasswords& breached
)
    : database_(database), clock_(clock), random_(random), sessions_(sessions), breached_(breached)
{
}

Result<Entry> Accounts::enter_by_link(std::string_view link_token, const Arrival& arrival)
{
    auto transaction = database_.begin_across_tenants();
    const auto link = sessions_.use_link(transaction, link_token);
    if (!link)
        return link.error();
    const auto account = found_or_added(transaction, link->email, arrival);
    auto entry = enter(transaction, account, AccountEventKind::login_link, arrival, link->return_to);
    transaction.commit();
    return entry;
}

Result<Entry> Accounts::enter_by_password(
    std::string_view email, std::string_view password, const Arrival& arrival, std::string return_to
)
{
    std::optional<Account> account;
    {
        auto transaction = database_.begin_read_across_tenants();
        account = AccountStore(transaction).find_by_email(base::trim(email));
    }
    const auto hash = account ? account->password_hash : std::nullopt;
    if (!sessions_.passwords().matches(hash, password.substr(0, most_password_bytes + 1)))
        return fail(ErrorKind::forbidden, "identity.wrong_login");

    auto transaction = database_.begin_across_tenants();
    // It may have been changed or removed while we compared.
    const auto now = AccountStore(transaction).find_locked(account->id);
    if (!now || now->password_hash != hash)
        return fail(ErrorKind::forbidden, "identity.wrong_login");
    auto entry = enter(transaction, *now, AccountEventKind::login_password, arrival, std::move(return_to));
    transaction.commit();
    return entry;
}

Account
Accounts::found_or_added(sql::Transaction& across_tenants, const std::string& email, const Arrival& arrival)
{
    AccountStore store(across_tenants);
    if (auto found = store.find_by_email(email))
        return *found;
    store.lock_email(email);
    Account account;
    account.email = email;
    account.language = arrival.language;
    account.created_at = account.last_login_at = clock_.now();
    account.id = {base::ordered_id(account.created_at, random_)};
    if (store.add(account)) {
        note(across_tenants, account.id, AccountEventKind::created, arrival.device);
        return account;
    }
    // Another link of the same address was used at this very moment.
    if (auto found = store.find_by_email(email))
        return *found;
    throw std::runtime_error("an account can neither be added nor found");
}

Entry Accounts::enter(
    sql::Transaction& across_tenants,
    const Account& account,
    AccountEventKind how,
    const Arrival& arrival,
    std::string return_to
)
{
    if (!account.has_second_step)
        return open_session(across_tenants, account, how, arrival, std::move(return_to));
    Entry entry{base::random_id(random_), std::move(return_to), true};
    SecondStepStore(across_tenants)
        .add_wait(
            crypto::hash_token(entry.token), {account.id, how, entry.return_to, clock_.now() + code_patience}
        );
    return entry;
}

Entry Accounts::open_session(
    sql::Transaction& across_tenants,
    const Account& account,
    AccountEventKind how,
    const Arrival& arrival,
    std::string return_to
)
{
    AccountStore(across_tenants).set_logged_in(account.id, arrival.language, clock_.now());
    note(across_tenants, account.id, how, arrival.device);
    return {sessions_.open(across_tenants, account, arrival.device), std::move(return_to), false};
}

std::optional<Account> Accounts::find(const AccountId& id)
{
    auto transaction = database_.begin_read_across_tenants();
    return AccountStore(transaction).find(id);
}

bool Accounts::knows_password(const Account& account, std::string_view password) const
{
    return sessions_.passwords().matches(account.password_hash, password.substr(0, most_password_bytes + 1));
}

Result<> Accounts::set_password(
    const AccountId& id, std::string_view password, const std::string& own_session, const Device& device
)
{
    if (password.empty())
        return fail(ErrorKind::invalid, "identity.password_missing");
    if (base::count_code_points(password) < shortest_password)
        return fail(ErrorKind::invalid, "identity.password_short");
    if (base::count_code_points(password) > longest_password)
        return fail(ErrorKind::invalid, "identity.password_long");
    if (breached_.contains(password))
        return fail(ErrorKind::invalid, "identity.password_breached");
    const auto hash = sessions_.passwords().hash(password);

    auto transaction = database_.begin_across_tenants();
    AccountStore store(transaction);
    const auto account = store.find_locked(id);
    if (!account)
        return fail(ErrorKind::not_found, "identity.account_gone");
    store.set_password(id, hash);
    sessions_.end_others(transaction, id, own_session);
    note(
        transaction,
        id,
        account->password_hash ? AccountEventKind::password_changed : AccountEventKind::password_set,
        device
    );
    transaction.commit();
    return base::Done{};
}

void Accounts::remove_password(const AccountId& id, const Device& device)
{
    auto transaction = database_.begin_across_tenants();
    AccountStore store(transaction);
    const auto account = store.find_locked(id);
    if (!account || !account->password_hash)
        return;
    store.set_password(id, std::nullopt);
    note(transaction, id, AccountEventKind::password_removed, device);
    transaction.commit();
}

std::vector<KeptSession> Accounts::open_sessions(const AccountId& id)
{
    auto transaction = database_.begin_read_across_tenants();
    return sessions_.of_account(transaction, id);
}

void Accounts::end_session(const AccountId& id, std::string_view session, const Device& device)
{
    auto transaction = database_.begin_across_tenants();
    if (!AccountStore(transaction).find_locked(id) || !sessions_.end(transaction, id, session))
        return;
    note(transaction, id, AccountEventKind::session_ended, device);
    transaction.commit();
}

void Accounts::end_other_sessions(const AccountId& id, std::string_view own_session, const Device& device)
{
    auto transaction = database_.begin_across_tenants();
    if (!AccountStore(transaction).find_locked(id) || sessions_.end_others(transaction, id, own_session) == 0)
        return;
    note(transaction, id, AccountEventKind::other_sessions_ended, device);
    transaction.commit();
}

std::vector<AccountEvent> Accounts::history(const AccountId& id, std::size_t most)
{
    auto transaction = database_.begin_read_across_tenants();
    return AccountStore(transaction).events(id, most);
}

void Accounts::note_export(const AccountId& id, const Device& device)
{
    auto transaction = database_.begin_across_tenants();
    if (!AccountStore(transaction).find_locked(id))
        return;
    note(transaction, id, AccountEventKind::exported, device);
    transaction.commit();
}

void Accounts::purge()
{
    auto transaction = database_.begin_across_tenants();
    AccountStore(transaction).remove_passing_events(clock_.now() - logins_kept);
    transaction.commit();
}

void Accounts::note(
    sql::Transaction& across_tenants, const AccountId& id, AccountEventKind kind, const Device& device
)
{
    AccountStore(across_tenants).add_event(id, {clock_.now(), std::string(name_of(kind)), device});
}

}  // namespace identity
