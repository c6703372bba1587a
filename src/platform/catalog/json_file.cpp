#include "platform/catalog/json_file.hpp"

#include <fstream>
#include <iterator>

namespace catalog {

using base::ErrorKind;
using base::fail;

std::optional<std::string> read_file(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return {};
    return std::string{std::istreambuf_iterator<char>(file), {}};
}

base::Error in_file(const std::string& path, const base::Error& error)
{
    return fail(ErrorKind::invalid, "catalog.invalid_package", path + ": " + error.detail);
}

base::Result<json::Value> read_json_file(const std::string& path)
{
    const auto text = read_file(path);
    if (!text)
        return fail(ErrorKind::invalid, "catalog.invalid_package", path + ": cannot be read");
    auto document = json::parse(*text);
    if (!document)
        return in_file(path, document.error());
    return document;
}

}  // namespace catalog
