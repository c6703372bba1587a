#pragma once

#include "kit/http/response.hpp"

#include <string>
#include <string_view>

namespace http {

// What a request says about the form its answer may take. Kept while the handler has the request itself.
struct Preferences {
    bool only_reads = false;  // GET or HEAD
    bool takes_gzip = false;
    std::string if_none_match;
};
Preferences preferences_of(const Request& request);

// Accept-Encoding names gzip, or everything, with a weight above zero (RFC 9110 section 12.5.3).
bool takes_gzip(std::string_view accept_encoding);

// If-None-Match names the tag; weak comparison (RFC 9110 sections 8.8.3.2 and 13.1.2).
bool names_tag(std::string_view if_none_match, std::string_view tag);

std::string gzip(std::string_view text);  // RFC 1952
std::string tag_of(std::string_view body);
bool is_worth_compressing(const Response& response);
Response not_modified(const Response& response);

// What the server does to every answer of a handler: ETag and 304 for what anybody may keep, gzip for texts
// of a kilobyte and more.
Response finish(Response response, const Preferences& preferences);

}  // namespace http
