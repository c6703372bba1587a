#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace app {

// What tools/embed_assets.py writes: where each file of web/dist lies among the embedded bytes.
struct AssetRow {
    std::string_view path;
    std::string_view media_type;
    std::string_view tag;
    bool is_immutable;
    std::size_t start;
    std::size_t size;
    std::size_t gzip_start;
    std::size_t gzip_size;  // 0: not kept in gzip's format
};

struct AssetName {
    std::string_view name;
    std::string_view url;
};

std::span<const AssetRow> asset_rows();
std::span<const AssetName> asset_names();
const char* asset_bytes();

}  // namespace app
