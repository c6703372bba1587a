#pragma once

#include "kit/http/router.hpp"
#include "platform/clients/clients.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace clients {

// POST /oauth/token: a token for the client's credentials, in the Authorization header or in the form
// (RFC 6749 sections 2.3.1 and 4.4). `may_try` says whether that address may try (again).
std::vector<http::Route>
token_routes(Clients& clients, std::function<bool(std::string_view address)> may_try);

// Whose token the request shows in its Authorization header (RFC 6750 section 2.1); nothing without a good
// one.
std::optional<Client> client_of(const Clients& clients, const http::Request& request);

}  // namespace clients
