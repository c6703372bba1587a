#pragma once

#include "kit/http/response.hpp"
#include "sandbox/payrexx_books.hpp"

namespace sandbox {

// Payrexx' REST interface, versions 1.0 to 1.16: /v1.{n}/{Model}/{id}/{act}?instance={instance}.
http::Response answer_payrexx_api(PayrexxBooks& books, const http::Request& request);

}  // namespace sandbox
