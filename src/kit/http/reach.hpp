#pragma once

#include "base/result.hpp"
#include "kit/http/url.hpp"

#include <string_view>

namespace http {

// How far a request may go. Addresses that somebody else gave us lead to the public internet only: neither to
// this machine nor to the network it stands in.
enum class Reach { anywhere, public_only };

// Whether a numeric address ("192.0.2.7", "2001:db8::1") belongs to the public internet (the registries of
// special addresses, RFC 6890). False for what is no address.
bool is_public_address(std::string_view address);

// Asks where the host of an address is. `invalid` when nobody knows it or one of the places is not public.
// The answer may be another one later: the client looks again when it connects.
base::Result<> check_public(const Url& url);

}  // namespace http
