// What the documents promise is there.
#include "testing/files.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace {

std::string read(const std::string& path)
{
    std::ifstream file(testing::source_path(path));
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("each complaint about other engines is answered by tests that are there")
{
    const auto page = read("docs/complaints.md");
    REQUIRE_FALSE(page.empty());
    std::map<std::string, std::string> files;
    int tests = 0;

    // `path`: «name of a test»
    for (auto at = page.find("`src/"); at != std::string::npos; at = page.find("`src/", at + 1)) {
        const auto path = page.substr(at + 1, page.find('`', at + 1) - at - 1);
        const auto separator = page.find("`: «", at);
        if (separator == std::string::npos || separator != at + 1 + path.size())
            continue;
        const auto begin = separator + std::string("`: «").size();
        const auto name = page.substr(begin, page.find("»", begin) - begin);
        if (!files.contains(path))
            files[path] = read(path);
        CHECK_MESSAGE(files[path].find('"' + name + '"') != std::string::npos, path << ": " << name);
        ++tests;
    }

    CHECK(tests >= 32);
    for (int theme = 1; theme <= 32; ++theme)
        CHECK(page.find("\n| " + std::to_string(theme) + " | ") != std::string::npos);
}
