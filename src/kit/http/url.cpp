#include "kit/http/url.hpp"

#include "base/text.hpp"

#include <curl/curl.h>

#include <memory>
#include <stdexcept>

namespace http {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

struct UrlCleanup {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Handle = std::unique_ptr<CURLU, UrlCleanup>;

std::string part_of(const Handle& handle, CURLUPart part)
{
    char* text = nullptr;
    if (curl_url_get(handle.get(), part, &text, 0) != CURLUE_OK)
        return {};
    const std::unique_ptr<char, decltype(&curl_free)> kept(text, &curl_free);
    return text;
}

bool is_own_port(std::string_view scheme, std::string_view port)
{
    return (scheme == "http" && port == "80") || (scheme == "https" && port == "443");
}

}  // namespace

Result<Url> parse_url(std::string_view text)
{
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorKind::invalid, "http.no_url", std::string(why));
    };
    const Handle handle(curl_url());
    if (!handle)
        throw std::runtime_error("libcurl has no memory for an address");
    const auto colon = text.find("://");
    if (text.find('\0') != std::string_view::npos || colon == std::string_view::npos)
        return refuse("an address begins with https://");
    if (text.substr(colon + 3).starts_with('/'))  // libcurl would look for the host behind it
        return refuse("the host is missing");
    const CURLUcode code =
        curl_url_set(handle.get(), CURLUPART_URL, std::string(text).c_str(), CURLU_DISALLOW_USER);
    if (code != CURLUE_OK)
        return refuse(curl_url_strerror(code));
    Url url{
        .scheme = base::ascii_lower(part_of(handle, CURLUPART_SCHEME)),
        .host = base::ascii_lower(part_of(handle, CURLUPART_HOST)),
        .port = part_of(handle, CURLUPART_PORT),
        .path = part_of(handle, CURLUPART_PATH),
        .query = part_of(handle, CURLUPART_QUERY),
    };
    if (url.scheme != "http" && url.scheme != "https")
        return refuse("https or http expected, found " + url.scheme);
    if (url.host.empty())
        return refuse("the host is missing");
    if (!part_of(handle, CURLUPART_FRAGMENT).empty())
        return refuse("an address for programs has no fragment");
    if (is_own_port(url.scheme, url.port))
        url.port.clear();
    if (!url.query.empty())
        url.query = "?" + url.query;
    return url;
}

}  // namespace http
