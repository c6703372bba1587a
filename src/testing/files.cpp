#include "testing/files.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace testing {

std::string source_path(std::string_view path)
{
    const char* root = std::getenv("SCHALTER_SOURCE");
    return std::string(root == nullptr ? "." : root) + "/" + std::string(path);
}

std::string read_source(std::string_view path)
{
    std::ifstream file(source_path(path), std::ios::binary);
    if (!file)
        throw std::runtime_error("no file " + source_path(path));
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace testing
