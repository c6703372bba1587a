#pragma once

#include "kit/http/response.hpp"

#include <string>
#include <string_view>

namespace http {

std::string gzip(std::string_view text);  // RFC 1952
bool accepts_gzip(const Request& request);

// What the server does to every answer of a handler: ETag and 304 for what may be kept (RFC 9110 section 13),
// gzip for texts of a kilobyte and more.
Response finish(Response response, const Request& request);

// Status line and headers with content-length, up to and including the empty line.
std::string serialize_head(const Response& response);

}  // namespace http
