#pragma once

#include "kit/http/response.hpp"

#include <string>

namespace http {

// Status line and headers with content-length, up to and including the empty line.
std::string serialize_head(const Response& response);

}  // namespace http
