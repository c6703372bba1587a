#include "platform/identity/settings.hpp"

namespace identity {

std::span<const base::Setting> settings()
{
    static constexpr base::Setting all[] = {
        {"identity.breached_passwords",
         "",
         "A sorted file of SHA-1 digests of stolen passwords, which residents may not choose; empty for none."},
        {"identity.account_unused_days",
         "730",
         "Days without a login after which a resident's account is removed; its owner is warned 30 days before."},
    };
    return all;
}

}  // namespace identity
