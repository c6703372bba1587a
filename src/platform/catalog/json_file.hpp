#pragma once

#include "base/result.hpp"
#include "kit/json/json.hpp"

#include <optional>
#include <string>

namespace catalog {

// The text of a file; nothing when it cannot be read.
std::optional<std::string> read_file(const std::string& path);

// A JSON file. `invalid` ("catalog.invalid_package"): the detail begins with the path.
base::Result<json::Value> read_json_file(const std::string& path);

// The same refusal, of a file's content.
base::Error in_file(const std::string& path, const base::Error& error);

// A JSON file, through `parse`.
template <class Parse>
auto read_json(const std::string& path, Parse parse) -> decltype(parse(json::Value()))
{
    const auto document = read_json_file(path);
    if (!document)
        return document.error();
    auto parsed = parse(*document);
    if (!parsed)
        return in_file(path, parsed.error());
    return parsed;
}

}  // namespace catalog
