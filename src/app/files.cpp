#include "app/files.hpp"

#include <fstream>
#include <istream>
#include <iterator>

namespace app {

using base::ErrorKind;
using base::fail;

base::Result<std::string> read_file(const std::string& path, std::istream& in)
{
    if (path == "-")
        return std::string(std::istreambuf_iterator<char>(in), {});
    std::ifstream file(path);
    if (!file)
        return fail(ErrorKind::invalid, "app.unreadable", path + ": cannot be read");
    return std::string(std::istreambuf_iterator<char>(file), {});
}

base::Result<json::Value> read_json(const std::string& path, std::istream& in)
{
    const auto text = read_file(path, in);
    if (!text)
        return text.error();
    auto document = json::parse(*text);
    if (!document)
        return fail(ErrorKind::invalid, "app.no_json", path + ": " + document.error().detail);
    return document;
}

}  // namespace app
