#pragma once

#include "kit/http/response.hpp"
#include "sandbox/pages.hpp"
#include "sandbox/payrexx_books.hpp"

namespace sandbox {

// The page on which people pay: GET /?payment={hash}, and its form, POST /bezahlen.
http::Response show_payment_page(PayrexxBooks& books, const Pages& pages, const http::Request& request);
http::Response take_payment(PayrexxBooks& books, const Pages& pages, const http::Request& request);

}  // namespace sandbox
