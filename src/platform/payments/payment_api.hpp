#pragma once

#include "kit/http/router.hpp"

#include <vector>

namespace payments {

class Payments;

// POST /zahlung/payrexx/{tenant}: the provider's webhook.
std::vector<http::Route> routes(Payments& payments);

}  // namespace payments
