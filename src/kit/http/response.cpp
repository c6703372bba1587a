#include "kit/http/response.hpp"

namespace http {

namespace {

Response with_type(std::string body, int status, std::string type)
{
    Response response{status, {}, std::move(body)};
    response.set("content-type", std::move(type));
    return response;
}

Response redirect(int status, std::string location)
{
    Response response{status, {}, {}};
    // A line break in an address would begin another header.
    std::erase_if(location, [](char letter) { return letter == '\r' || letter == '\n'; });
    response.set("location", std::move(location));
    return response;
}

}  // namespace

Response& Response::set(std::string_view name, std::string value)
{
    for (auto& [found, old] : headers) {
        if (found == name) {
            old = std::move(value);
            return *this;
        }
    }
    return add(name, std::move(value));
}

Response& Response::add(std::string_view name, std::string value)
{
    headers.emplace_back(name, std::move(value));
    return *this;
}

Response html(std::string body, int status)
{
    return with_type(std::move(body), status, "text/html; charset=utf-8");
}

Response json(std::string body, int status)
{
    return with_type(std::move(body), status, "application/json");
}

Response text(std::string body, int status)
{
    return with_type(std::move(body), status, "text/plain; charset=utf-8");
}

Response see_other(std::string location)
{
    return redirect(303, std::move(location));
}

Response moved(std::string location)
{
    return redirect(308, std::move(location));
}

Response empty(int status)
{
    return {status, {}, {}};
}

void set_cookie(Response& response, const Cookie& cookie, bool secure)
{
    std::string line = (secure ? "__Host-" : "") + cookie.name + "=" + cookie.value + "; Path=/; HttpOnly";
    line += cookie.same_site == SameSite::strict ? "; SameSite=Strict" : "; SameSite=Lax";
    if (secure)
        line += "; Secure";
    if (cookie.max_age_seconds >= 0)
        line += "; Max-Age=" + std::to_string(cookie.max_age_seconds);
    response.add("set-cookie", std::move(line));
}

}  // namespace http
