#pragma once

#include "platform/identity/identity_pages.hpp"

#include <vector>

namespace identity {

// /konto/loeschen, …/link, …/{token}: deleting an account; /konto/daten: everything it holds, as a file.
std::vector<http::Route> leaving_routes(const PageParts& parts);

}  // namespace identity
