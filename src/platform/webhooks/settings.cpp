#include "platform/webhooks/settings.hpp"

namespace webhooks {

std::span<const base::Setting> settings()
{
    static constexpr base::Setting all[] = {
        {"webhooks.keep_for", "30d", "How long events are kept, for subscribers that want them again."},
        {"webhooks.private_addresses",
         "off",
         "'on' lets subscribers be on this machine, in private networks and without TLS: for development only."},
    };
    return all;
}

}  // namespace webhooks
