#pragma once

#include "platform/identity/identity_pages.hpp"

#include <vector>

namespace identity {

// /konto/sicherheit/adresse asks for another e-mail address, /konto/adresse/{token} confirms it.
std::vector<http::Route> address_routes(const PageParts& parts);

}  // namespace identity
