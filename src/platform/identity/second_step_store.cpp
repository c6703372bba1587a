#include "platform/identity/second_step_store.hpp"

namespace identity {

namespace {

constexpr sql::Statement select_secret = R"sql(
    SELECT code_secret, code_confirmed_at FROM resident_accounts
    WHERE tenant_id = 'canton' AND id = :id AND code_secret IS NOT NULL)sql";
constexpr sql::Statement update_secret = R"sql(
    UPDATE resident_accounts SET code_secret = :sealed, code_confirmed_at = NULL, code_last_step = 0
    WHERE tenant_id = 'canton' AND id = :id)sql";
constexpr sql::Statement update_confirmed =
    "UPDATE resident_accounts SET code_confirmed_at = :now WHERE tenant_id = 'canton' AND id = :id";
constexpr sql::Statement clear_secret = R"sql(
    UPDATE resident_accounts SET code_secret = NULL, code_confirmed_at = NULL
    WHERE tenant_id = 'canton' AND id = :id)sql";
constexpr sql::Statement update_step = R"sql(
    UPDATE resident_accounts SET code_last_step = :step
    WHERE tenant_id = 'canton' AND id = :id AND code_last_step < :step)sql";
constexpr sql::Statement count_wrong_codes = R"sql(
    SELECT COUNT(*) FROM account_events
    WHERE tenant_id = 'canton' AND account_id = :account_id AND kind = 'code_wrong' AND at > :since)sql";
constexpr sql::Statement insert_recovery_code = R"sql(
    INSERT INTO recovery_codes (tenant_id, account_id, code_hash) VALUES ('canton', :account_id, :hash))sql";
constexpr sql::Statement use_recovery_code_once = R"sql(
    UPDATE recovery_codes SET used_at = :now
    WHERE tenant_id = 'canton' AND account_id = :account_id AND code_hash = :hash AND used_at IS NULL)sql";
constexpr sql::Statement count_recovery_codes = R"sql(
    SELECT COUNT(*) FROM recovery_codes
    WHERE tenant_id = 'canton' AND account_id = :account_id AND used_at IS NULL)sql";
constexpr sql::Statement delete_recovery_codes =
    "DELETE FROM recovery_codes WHERE tenant_id = 'canton' AND account_id = :account_id";
constexpr sql::Statement insert_wait = R"sql(
    INSERT INTO login_waits (tenant_id, token_hash, account_id, how, return_to, expires_at)
    VALUES ('canton', :token_hash, :account_id, :how, :return_to, :expires_at))sql";
constexpr sql::Statement select_wait = R"sql(
    SELECT account_id, how, return_to, expires_at FROM login_waits
    WHERE tenant_id = 'canton' AND token_hash = :token_hash)sql";
constexpr sql::Statement delete_wait =
    "DELETE FROM login_waits WHERE tenant_id = 'canton' AND token_hash = :token_hash";
constexpr sql::Statement delete_waits_of =
    "DELETE FROM login_waits WHERE tenant_id = 'canton' AND account_id = :account_id";
constexpr sql::Statement delete_old_waits =
    "DELETE FROM login_waits WHERE tenant_id = 'canton' AND expires_at < :expired_before";

std::int64_t milliseconds(base::Instant instant)
{
    return instant.time_since_epoch().count();
}

}  // namespace

SecondStepStore::SecondStepStore(sql::Transaction& across_tenants) : transaction_(across_tenants) {}

std::optional<KeptSecret> SecondStepStore::find_secret(const AccountId& id) const
{
    return transaction_.first(select_secret, {{"id", id.text}}, [](const sql::Row& row) {
        return KeptSecret{row.blob(0), !row.is_null(1)};
    });
}

void SecondStepStore::set_secret(const AccountId& id, const sql::Blob& sealed)
{
    transaction_.execute_one(update_secret, {{"id", id.text}, {"sealed", sealed}});
}

void SecondStepStore::confirm(const AccountId& id, base::Instant now)
{
    transaction_.execute_one(update_confirmed, {{"id", id.text}, {"now", milliseconds(now)}});
}

void SecondStepStore::remove(const AccountId& id)
{
    transaction_.execute_one(clear_secret, {{"id", id.text}});
    transaction_.execute_any(delete_recovery_codes, {{"account_id", id.text}});
}

bool SecondStepStore::use_step(const AccountId& id, std::int64_t step)
{
    return transaction_.execute(update_step, {{"id", id.text}, {"step", step}}) == 1;
}

std::int64_t SecondStepStore::wrong_codes(const AccountId& id, base::Instant since) const
{
    return transaction_
        .first(
            count_wrong_codes,
            {{"account_id", id.text}, {"since", milliseconds(since)}},
            [](const sql::Row& row) { return row.integer(0); }
        )
        .value_or(0);
}

void SecondStepStore::add_recovery_code(const AccountId& id, const std::string& hash)
{
    transaction_.execute_one(insert_recovery_code, {{"account_id", id.text}, {"hash", hash}});
}

bool SecondStepStore::use_recovery_code(const AccountId& id, const std::string& hash, base::Instant now)
{
    return transaction_.execute(
               use_recovery_code_once, {{"account_id", id.text}, {"hash", hash}, {"now", milliseconds(now)}}
           ) == 1;
}

std::int64_t SecondStepStore::unused_recovery_codes(const AccountId& id) const
{
    return transaction_
        .first(
            count_recovery_codes,
            {{"account_id", id.text}},
            [](const sql::Row& row) { return row.integer(0); }
        )
        .value_or(0);
}

void SecondStepStore::add_wait(const std::string& token_hash, const LoginWait& wait)
{
    transaction_.execute_one(
        insert_wait,
        {{"token_hash", token_hash},
         {"account_id", wait.account.text},
         {"how", std::string(name_of(wait.how))},
         {"return_to", wait.return_to},
         {"expires_at", milliseconds(wait.expires_at)}}
    );
}

std::optional<LoginWait> SecondStepStore::find_wait(const std::string& token_hash) const
{
    return transaction_.first(select_wait, {{"token_hash", token_hash}}, [](const sql::Row& row) {
        return LoginWait{
            {row.text(0)},
            parse_account_event_kind(row.text(1)).value_or(AccountEventKind::login_link),
            row.text(2),
            base::Instant(std::chrono::milliseconds(row.integer(3)))};
    });
}

bool SecondStepStore::remove_wait(const std::string& token_hash)
{
    return transaction_.execute(delete_wait, {{"token_hash", token_hash}}) == 1;
}

void SecondStepStore::remove_waits_of(const AccountId& id)
{
    transaction_.execute_any(delete_waits_of, {{"account_id", id.text}});
}

std::int64_t SecondStepStore::remove_waits(base::Instant expired_before)
{
    return transaction_.execute(delete_old_waits, {{"expired_before", milliseconds(expired_before)}});
}

}  // namespace identity
