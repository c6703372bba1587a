#pragma once

#include "platform/identity/doorkeeper.hpp"
#include "platform/identity/show.hpp"

#include <string>
#include <vector>

namespace api {
class Interface;
}

namespace reference {

// What the page needs from the rest of the program; all of it outlives the routes.
struct Parts {
    const api::Interface& interface;
    const identity::Doorkeeper& doorkeeper;
    const html::Texts& texts;
    identity::Show show;
    std::string stylesheet_url;  // Swagger UI's
};

// /api/v1/docs.
std::vector<http::Route> routes(const Parts& parts);

}  // namespace reference
