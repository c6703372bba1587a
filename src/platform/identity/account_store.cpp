#include "platform/identity/account_store.hpp"

#include "base/text.hpp"

namespace identity {

namespace {

#define ACCOUNT_COLUMNS                                                                                      \
    "id, email, language, state, created_at, last_login_at, password_hash, code_confirmed_at"

constexpr sql::Statement insert_account = R"sql(
    INSERT INTO resident_accounts (tenant_id, id, email, language, state, created_at, last_login_at, code_last_step)
    VALUES ('canton', :id, :email, :language, 'active', :created_at, :created_at, 0))sql";
constexpr sql::Statement select_account =
    "SELECT " ACCOUNT_COLUMNS " FROM resident_accounts WHERE tenant_id = 'canton' AND id = :id";
constexpr sql::Statement select_by_email =
    "SELECT " ACCOUNT_COLUMNS " FROM resident_accounts WHERE tenant_id = 'canton' AND email = :email";
constexpr sql::Statement update_login = R"sql(
    UPDATE resident_accounts SET last_login_at = :now, language = :language, state = 'active', warned_at = NULL
    WHERE tenant_id = 'canton' AND id = :id)sql";
constexpr sql::Statement update_email =
    "UPDATE resident_accounts SET email = :email WHERE tenant_id = 'canton' AND id = :id";
constexpr sql::Statement update_password =
    "UPDATE resident_accounts SET password_hash = :hash WHERE tenant_id = 'canton' AND id = :id";
constexpr sql::Statement insert_event = R"sql(
    INSERT INTO account_events (tenant_id, account_id, number, at, kind, browser, system)
    SELECT 'canton', :account_id, COALESCE(MAX(number), 0) + 1, CAST(:at AS BIGINT), :kind, :browser, :system
    FROM account_events WHERE tenant_id = 'canton' AND account_id = :account_id)sql";
constexpr sql::Statement select_events = R"sql(
    SELECT at, kind, browser, system FROM account_events
    WHERE tenant_id = 'canton' AND account_id = :account_id ORDER BY number DESC LIMIT :most)sql";
constexpr sql::Statement delete_passing_events = R"sql(
    DELETE FROM account_events
    WHERE tenant_id = 'canton' AND at < :before
    AND kind IN ('login_link', 'login_password', 'code_wrong', 'deleted', 'removed_unused'))sql";
constexpr sql::Statement delete_account =
    "DELETE FROM resident_accounts WHERE tenant_id = 'canton' AND id = :id";
constexpr sql::Statement delete_events =
    "DELETE FROM account_events WHERE tenant_id = 'canton' AND account_id = :id";
constexpr sql::Statement select_unused = "SELECT " ACCOUNT_COLUMNS R"sql( FROM resident_accounts
    WHERE tenant_id = 'canton' AND state = 'active' AND last_login_at < :last_login_before
    ORDER BY last_login_at, id LIMIT :most)sql";
constexpr sql::Statement update_warned =
    "UPDATE resident_accounts SET state = 'warned', warned_at = :now WHERE tenant_id = 'canton' AND id = :id";
constexpr sql::Statement select_warned = "SELECT " ACCOUNT_COLUMNS R"sql( FROM resident_accounts
    WHERE tenant_id = 'canton' AND state = 'warned' AND warned_at < :warned_before
    AND last_login_at < :last_login_before
    ORDER BY last_login_at, id LIMIT :most)sql";

std::int64_t milliseconds(base::Instant instant)
{
    return instant.time_since_epoch().count();
}

base::Instant instant(std::int64_t milliseconds)
{
    return base::Instant(std::chrono::milliseconds(milliseconds));
}

Account read_account(const sql::Row& row)
{
    return {
        .id = {row.text(0)},
        .email = row.text(1),
        .language = html::parse_language(row.text(2)).value_or(html::Language::de),
        .state = row.text(3) == name_of(AccountState::warned) ? AccountState::warned : AccountState::active,
        .created_at = instant(row.integer(4)),
        .last_login_at = instant(row.integer(5)),
        .password_hash = row.text_or_null(6),
        .has_second_step = !row.is_null(7),
    };
}

}  // namespace

AccountStore::AccountStore(sql::Transaction& across_tenants) : transaction_(across_tenants) {}

bool AccountStore::add(const Account& account)
{
    return transaction_.try_insert(
        insert_account,
        {{"id", account.id.text},
         {"email", account.email},
         {"language", std::string(html::code_of(account.language))},
         {"created_at", milliseconds(account.created_at)}}
    );
}

std::optional<Account> AccountStore::find(const AccountId& id) const
{
    return transaction_.first(select_account, {{"id", id.text}}, read_account);
}

std::optional<Account> AccountStore::find_by_email(std::string_view email) const
{
    return transaction_.first(select_by_email, {{"email", base::ascii_lower(email)}}, read_account);
}

std::optional<Account> AccountStore::find_locked(const AccountId& id) const
{
    std::optional<Account> found;
    transaction_.query_locked(select_account, {{"id", id.text}}, [&](const sql::Row& row) {
        found = read_account(row);
    });
    return found;
}

void AccountStore::set_logged_in(const AccountId& id, html::Language language, base::Instant now)
{
    transaction_.execute_one(
        update_login,
        {{"id", id.text}, {"language", std::string(html::code_of(language))}, {"now", milliseconds(now)}}
    );
}

void AccountStore::lock_email(const std::string& email)
{
    transaction_.lock("identity.email:" + email);
}

void AccountStore::set_email(const AccountId& id, const std::string& email)
{
    transaction_.execute_one(update_email, {{"id", id.text}, {"email", email}});
}

void AccountStore::set_password(const AccountId& id, const std::optional<std::string>& hash)
{
    transaction_.execute_one(
        update_password, {{"id", id.text}, {"hash", hash ? sql::Value(*hash) : sql::Value(nullptr)}}
    );
}

void AccountStore::add_event(const AccountId& account, const AccountEvent& event)
{
    transaction_.execute_one(
        insert_event,
        {{"account_id", account.text},
         {"at", milliseconds(event.at)},
         {"kind", event.kind},
         {"browser", event.device.browser},
         {"system", event.device.system}}
    );
}

std::vector<AccountEvent> AccountStore::events(const AccountId& id, std::size_t most) const
{
    return transaction_.all(
        select_events,
        {{"account_id", id.text}, {"most", static_cast<std::int64_t>(most)}},
        [](const sql::Row& row) {
            return AccountEvent{instant(row.integer(0)), row.text(1), {row.text(2), row.text(3)}};
        }
    );
}

std::int64_t AccountStore::remove_passing_events(base::Instant before)
{
    return transaction_.execute(delete_passing_events, {{"before", milliseconds(before)}});
}

void AccountStore::remove(const AccountId& id)
{
    transaction_.execute_one(delete_account, {{"id", id.text}});
    transaction_.execute_any(delete_events, {{"id", id.text}});
}

std::vector<Account> AccountStore::unused_since(base::Instant last_login_before, std::size_t most) const
{
    return transaction_.all(
        select_unused,
        {{"last_login_before", milliseconds(last_login_before)}, {"most", static_cast<std::int64_t>(most)}},
        read_account
    );
}

void AccountStore::set_warned(const AccountId& id, base::Instant now)
{
    transaction_.execute_one(update_warned, {{"id", id.text}, {"now", milliseconds(now)}});
}

std::vector<Account> AccountStore::warned_before(
    base::Instant warned_before, base::Instant last_login_before, std::size_t most
) const
{
    return transaction_.all(
        select_warned,
        {{"warned_before", milliseconds(warned_before)},
         {"last_login_before", milliseconds(last_login_before)},
         {"most", static_cast<std::int64_t>(most)}},
        read_account
    );
}

}  // namespace identity
