#pragma once

#include <string>
#include <string_view>

namespace testing {

// The path of a file of the source tree, "examples/aargau/former.csv"; CTest says where the tree lies
// (SCHALTER_SOURCE), else it is the working directory.
std::string source_path(std::string_view path);

// Its text; a missing file fails the test.
std::string read_source(std::string_view path);

}  // namespace testing
