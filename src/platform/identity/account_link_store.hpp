#pragma once

#include "kit/sql/database.hpp"
#include "platform/identity/account.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace identity {

enum class LinkPurpose { delete_account, leave_address, take_address };

// A link mailed to the owner of an account.
struct AccountLink {
    AccountId account;
    LinkPurpose purpose = LinkPurpose::delete_account;
    std::string email;  // the new address, when the address shall change
    base::Instant expires_at;
    bool is_used = false;
};

// The rows of links to accounts. All belong to the tenant 'canton'.
class AccountLinkStore {
public:
    explicit AccountLinkStore(sql::Transaction& across_tenants);

    void add(const std::string& token_hash, const AccountLink& link);
    std::optional<AccountLink> find(const std::string& token_hash) const;
    bool use(const std::string& token_hash, base::Instant now);  // false: it was used before
    std::vector<AccountLink> of_account(const AccountId& id) const;
    void remove(const AccountId& id, LinkPurpose purpose);
    void remove_all(const AccountId& id);
    std::int64_t remove_expired(base::Instant before);

private:
    sql::Transaction& transaction_;
};

}  // namespace identity
