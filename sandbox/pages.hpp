#pragma once

#include "kit/html/pages.hpp"
#include "kit/http/response.hpp"

#include <string_view>

namespace sandbox {

// The sandbox's own few pages, in German.
class Pages {
public:
    Pages();
    http::Response answer(std::string_view page, const html::Data& data, int status = 200) const;

private:
    html::Texts texts_;
    html::Pages pages_;
};

}  // namespace sandbox
