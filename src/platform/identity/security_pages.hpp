#pragma once

#include "platform/identity/identity_pages.hpp"

#include <vector>

namespace identity {

// /konto/sicherheit: how somebody logs in, where they are logged in, and what has happened;
// …/sitzungen and …/sitzungen/{session} end sessions.
std::vector<http::Route> security_routes(const PageParts& parts);

}  // namespace identity
