#pragma once

#include "platform/identity/identity_pages.hpp"

#include <vector>

namespace identity {

// /konto/sicherheit: how somebody logs in, at one glance.
std::vector<http::Route> security_routes(const PageParts& parts);

}  // namespace identity
