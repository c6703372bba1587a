#include "platform/identity/account_link_store.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace identity {

namespace {

constexpr sql::Statement insert_link = R"sql(
    INSERT INTO account_links (tenant_id, token_hash, account_id, purpose, email, expires_at)
    VALUES ('canton', :token_hash, :account_id, :purpose, :email, :expires_at))sql";
constexpr sql::Statement select_link = R"sql(
    SELECT account_id, purpose, email, expires_at, used_at FROM account_links
    WHERE tenant_id = 'canton' AND token_hash = :token_hash)sql";
constexpr sql::Statement use_link_once = R"sql(
    UPDATE account_links SET used_at = :now
    WHERE tenant_id = 'canton' AND token_hash = :token_hash AND used_at IS NULL)sql";
constexpr sql::Statement select_of_account = R"sql(
    SELECT account_id, purpose, email, expires_at, used_at FROM account_links
    WHERE tenant_id = 'canton' AND account_id = :account_id)sql";
constexpr sql::Statement delete_links =
    "DELETE FROM account_links WHERE tenant_id = 'canton' AND account_id = :account_id AND purpose = :purpose";
constexpr sql::Statement delete_all_links =
    "DELETE FROM account_links WHERE tenant_id = 'canton' AND account_id = :account_id";
constexpr sql::Statement delete_expired_links =
    "DELETE FROM account_links WHERE tenant_id = 'canton' AND expires_at < :before";

using Name = std::pair<LinkPurpose, std::string_view>;
constexpr std::array names{
    Name{LinkPurpose::delete_account, "delete_account"},
    Name{LinkPurpose::leave_address, "leave_address"},
    Name{LinkPurpose::take_address, "take_address"},
};

std::string name_of(LinkPurpose purpose)
{
    return std::string(std::ranges::find(names, purpose, &Name::first)->second);
}

std::int64_t milliseconds(base::Instant instant)
{
    return instant.time_since_epoch().count();
}

AccountLink read_link(const sql::Row& row)
{
    const auto purpose = row.text(1);
    return {
        .account = {row.text(0)},
        .purpose = std::ranges::find(names, purpose, &Name::second)->first,
        .email = row.text(2),
        .expires_at = base::Instant(std::chrono::milliseconds(row.integer(3))),
        .is_used = !row.is_null(4),
    };
}

}  // namespace

AccountLinkStore::AccountLinkStore(sql::Transaction& across_tenants) : transaction_(across_tenants) {}

void AccountLinkStore::add(const std::string& token_hash, const AccountLink& link)
{
    transaction_.execute_one(
        insert_link,
        {{"token_hash", token_hash},
         {"account_id", link.account.text},
         {"purpose", name_of(link.purpose)},
         {"email", link.email},
         {"expires_at", milliseconds(link.expires_at)}}
    );
}

std::optional<AccountLink> AccountLinkStore::find(const std::string& token_hash) const
{
    return transaction_.first(select_link, {{"token_hash", token_hash}}, read_link);
}

bool AccountLinkStore::use(const std::string& token_hash, base::Instant now)
{
    return transaction_.execute(use_link_once, {{"token_hash", token_hash}, {"now", milliseconds(now)}}) == 1;
}

std::vector<AccountLink> AccountLinkStore::of_account(const AccountId& id) const
{
    return transaction_.all(select_of_account, {{"account_id", id.text}}, read_link);
}

void AccountLinkStore::remove(const AccountId& id, LinkPurpose purpose)
{
    transaction_.execute_any(delete_links, {{"account_id", id.text}, {"purpose", name_of(purpose)}});
}

void AccountLinkStore::remove_all(const AccountId& id)
{
    transaction_.execute_any(delete_all_links, {{"account_id", id.text}});
}

std::int64_t AccountLinkStore::remove_expired(base::Instant before)
{
    return transaction_.execute(delete_expired_links, {{"before", milliseconds(before)}});
}

}  // namespace identity
