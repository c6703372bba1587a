#pragma once

#include "kit/http/request.hpp"
#include "kit/http/response.hpp"

#include <optional>
#include <string_view>

namespace app {

// One file of web/dist, carried inside the program.
struct Asset {
    std::string_view path;  // "/static/portal-66617268.css"
    std::string_view media_type;
    std::string_view tag;  // of its content, without quotes
    bool is_immutable;     // its path says its content
    std::string_view bytes;
    std::string_view gzip;  // the same in gzip's format; empty when that would not be smaller
};

std::optional<Asset> find_asset(std::string_view path);

// The address under which "portal.css" is served now. std::logic_error for a name that was not built.
std::string_view asset_url(std::string_view name);

// 200 in the coding the client takes, or 304 when it has the file already. Kept for a year when the path
// says its content, else asked for again after an hour.
http::Response asset_response(const Asset& asset, const http::Request& request);

}  // namespace app
