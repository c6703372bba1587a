#pragma once

#include "base/result.hpp"
#include "kit/http/client.hpp"
#include "kit/http/url.hpp"
#include "platform/webhooks/subscription.hpp"

#include <string>
#include <string_view>

namespace webhooks {

// Whether subscribers may be on this machine, in private networks and without TLS: for development.
enum class Neighbourhood { public_only, private_too };

// The address in its one spelling. `invalid` for anything but https on the public internet; a name is looked
// up. The lookup is repeated at each delivery, by the client.
base::Result<http::Url> check_address(std::string_view address, Neighbourhood neighbourhood);

// The request that tells of an event: a CloudEvent 1.0 in JSON, in the structured mode of its HTTP binding.
// `invalid` when the address may not be asked any more, because the neighbourhood has changed.
base::Result<http::ClientRequest> delivery_of(
    const Event& event,
    const Subscription& subscription,
    const std::string& public_address,
    Neighbourhood neighbourhood
);

}  // namespace webhooks
