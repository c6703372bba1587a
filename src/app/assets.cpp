#include "app/assets.hpp"

#include "app/assets_data.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace app {

std::optional<Asset> find_asset(std::string_view path)
{
    const auto rows = asset_rows();
    const auto row = std::ranges::find(rows, path, &AssetRow::path);
    if (row == rows.end())
        return std::nullopt;
    return Asset{
        .path = row->path,
        .media_type = row->media_type,
        .tag = row->tag,
        .is_immutable = row->is_immutable,
        .bytes = {asset_bytes() + row->start, row->size},
        .gzip = {asset_bytes() + row->gzip_start, row->gzip_size},
    };
}

std::string_view asset_url(std::string_view name)
{
    const auto names = asset_names();
    const auto found = std::ranges::find(names, name, &AssetName::name);
    if (found == names.end())
        throw std::logic_error("web/dist has no " + std::string(name));
    return found->url;
}

http::Response asset_response(const Asset& asset, const http::Request& request)
{
    const bool takes_gzip =
        request.header("accept-encoding").value_or("").find("gzip") != std::string_view::npos;
    const bool is_compressed = takes_gzip && !asset.gzip.empty();
    const auto tag = "\"" + std::string(asset.tag) + (is_compressed ? "-gzip\"" : "\"");

    http::Response response;
    response.set(
        "cache-control", asset.is_immutable ? "public, max-age=31536000, immutable" : "public, max-age=3600"
    );
    response.set("etag", tag);
    if (!asset.gzip.empty())
        response.set("vary", "accept-encoding");
    if (request.header("if-none-match").value_or("").find(tag) != std::string_view::npos) {
        response.status = 304;
        return response;
    }
    response.set("content-type", std::string(asset.media_type));
    if (is_compressed)
        response.set("content-encoding", "gzip");
    response.body = is_compressed ? asset.gzip : asset.bytes;
    return response;
}

}  // namespace app
