#include "platform/payments/account_store.hpp"

#include "kit/crypto/sealer.hpp"
#include "kit/sql/database.hpp"

#include <stdexcept>

namespace payments {

namespace {

constexpr std::string_view api_key_purpose = "payments.api_key";
constexpr std::string_view signing_key_purpose = "payments.signing_key";

std::string opened(base::Result<std::string> unsealed)
{
    if (!unsealed)
        throw std::runtime_error(
            "payments: an account's key cannot be unsealed; is the sealing key still there?"
        );
    return std::move(*unsealed);
}

}  // namespace

std::optional<Account> AccountStore::find() const
{
    static constexpr sql::Statement statement{
        "SELECT instance, api_key, signing_key FROM payment_accounts WHERE tenant_id = :tenant_id"};
    const std::string& tenant = transaction_.tenant().text;
    return transaction_.first(statement, {{"tenant_id", tenant}}, [&](const sql::Row& row) {
        return Account{
            row.text(0),
            opened(sealer_.open(row.blob(1), api_key_purpose, tenant)),
            opened(sealer_.open(row.blob(2), signing_key_purpose, tenant)),
        };
    });
}

void AccountStore::save(const Account& account)
{
    static constexpr sql::Statement statement{
        "INSERT INTO payment_accounts (tenant_id, instance, api_key, signing_key) "
        "VALUES (:tenant_id, :instance, :api_key, :signing_key) ON CONFLICT (tenant_id) DO UPDATE "
        "SET instance = :instance, api_key = :api_key, signing_key = :signing_key"};
    const std::string& tenant = transaction_.tenant().text;
    transaction_.execute_one(
        statement,
        {{"tenant_id", tenant},
         {"instance", account.instance},
         {"api_key", sealer_.seal(account.api_key, api_key_purpose, tenant)},
         {"signing_key", sealer_.seal(account.signing_key, signing_key_purpose, tenant)}}
    );
}

}  // namespace payments
