#pragma once

#include "kit/http/request.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace http {

struct Pause;

struct Response {
    int status = 200;
    Fields headers;
    std::string body;
    std::shared_ptr<Pause> pause = {};  // set: there is no answer yet, and the rest means nothing

    Response& set(std::string_view name, std::string value);  // replaces
    Response& add(std::string_view name, std::string value);  // adds another
};

Response html(std::string body, int status = 200);
Response json(std::string body, int status = 200);  // application/json
Response text(std::string body, int status = 200);
Response see_other(std::string location);  // 303: the answer to a form that was taken
Response moved(std::string location);      // 308
Response empty(int status);                // no body

enum class SameSite { lax, strict };

// A cookie for this host and this program only: HttpOnly, Path=/, Secure with the `__Host-` prefix when
// `secure` (plain names on http://localhost, where browsers would drop them). RFC 6265bis.
struct Cookie {
    std::string name;  // without prefix
    std::string value;
    long max_age_seconds = -1;  // -1 = until the browser closes, 0 = delete now
    SameSite same_site = SameSite::lax;
};
void set_cookie(Response& response, const Cookie& cookie, bool secure);

}  // namespace http
