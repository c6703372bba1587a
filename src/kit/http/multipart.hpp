#pragma once

#include "base/result.hpp"
#include "kit/http/request.hpp"

#include <string>
#include <vector>

namespace http {

// A file or a field of a multipart/form-data body.
struct FormPart {
    std::string name;
    std::string file_name;  // without folders; empty for a field
    std::string type;       // as sent: "text/xml"
    std::string content;
};

// The parts of a multipart/form-data body in their order (RFC 7578), at most 1,000. `invalid` for any other
// body and for one that is cut off.
base::Result<std::vector<FormPart>> parse_multipart(const Request& request);

}  // namespace http
