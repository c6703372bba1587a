#include "platform/identity/settings.hpp"

namespace identity {

std::span<const base::Setting> settings()
{
    static constexpr base::Setting all[] = {
        {"identity.breached_passwords",
         "",
         "A sorted file of SHA-1 digests of stolen passwords, which residents may not choose; empty for none."},
    };
    return all;
}

}  // namespace identity
