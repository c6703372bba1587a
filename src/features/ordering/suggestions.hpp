#pragma once

#include "kit/http/request.hpp"
#include "kit/http/response.hpp"
#include "platform/tenancy/municipalities.hpp"

namespace ordering {

// GET /gemeinden/vorschlaege?q=…: {"results": [{"text": "Brugg", "hint": "5222 Umiken"}]}, best first.
http::Response
suggest_municipalities(const tenancy::Municipalities& municipalities, const http::Request& request);

}  // namespace ordering
