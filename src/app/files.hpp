#pragma once

#include "base/result.hpp"
#include "kit/json/json.hpp"

#include <iosfwd>
#include <string>

namespace app {

// The content of a file, or of standard input for "-". `detail` of the error names the file.
base::Result<std::string> read_file(const std::string& path, std::istream& in);
// The same as JSON; `detail` names file, line and column.
base::Result<json::Value> read_json(const std::string& path, std::istream& in);

}  // namespace app
