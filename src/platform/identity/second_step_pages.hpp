#pragma once

#include "platform/identity/identity_pages.hpp"

#include <vector>

namespace identity {

// /konto/sicherheit/code, …/bestaetigen, …/entfernen: the second step of an account; /konto/anmelden/code
// asks for it.
std::vector<http::Route> second_step_routes(const PageParts& parts);

}  // namespace identity
