#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace http {

// An absolute address in its parts, read as the client reads it, so that what was checked is what is asked.
struct Url {
    std::string scheme;  // "http" or "https"
    std::string host;    // in lower case; an IPv6 address in brackets
    std::string port;    // "8443"; empty for the scheme's own
    std::string path;    // at least "/", encoded, without steps upwards
    std::string query;   // with its question mark; empty when there is none

    std::string authority() const { return port.empty() ? host : host + ":" + port; }
    std::string origin() const { return scheme + "://" + authority(); }
    std::string target() const { return path + query; }
    std::string text() const { return origin() + target(); }
};

// `invalid` for anything but an http or https address without user name and fragment.
base::Result<Url> parse_url(std::string_view text);

}  // namespace http
