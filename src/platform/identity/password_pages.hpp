#pragma once

#include "platform/identity/identity_pages.hpp"

#include <vector>

namespace identity {

// /konto/sicherheit/passwort, …/entfernen: a resident's password, which nobody needs to have.
std::vector<http::Route> password_routes(const PageParts& parts);

}  // namespace identity
