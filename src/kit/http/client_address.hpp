#pragma once

#include "kit/http/request.hpp"

#include <string>
#include <string_view>

namespace http {

// Whether an address is one of a list: "127.0.0.1, ::1".
bool is_listed(std::string_view address, std::string_view list);

// "192.0.2.7" of "::ffff:192.0.2.7", as a socket for both kinds of addresses names it; others as they are.
std::string plain_address(std::string_view address);

// Who sent a request that came through a proxy of ours: the last address of all X-Forwarded-For lines that no
// trusted proxy has written. `peer` when there is none, or what stands there is no address.
std::string forwarded_client(const Request& request, std::string_view peer, std::string_view trusted_proxies);

}  // namespace http
