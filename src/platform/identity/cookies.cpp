#include "platform/identity/cookies.hpp"

#include <string>

namespace identity {

std::optional<std::string_view> read_cookie(const http::Request& request, std::string_view name)
{
    return request.is_secure ? request.cookie("__Host-" + std::string(name)) : request.cookie(name);
}

}  // namespace identity
