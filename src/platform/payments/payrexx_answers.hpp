#pragma once

#include "base/result.hpp"
#include "kit/http/response.hpp"
#include "kit/json/json.hpp"
#include "platform/payments/provider.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace payments {

// Payrexx' answers as values. Nothing in them is taken on trust: what does not have the documented shape is
// refused with `unavailable`, because then nobody knows what happened.

// The "data" of the envelope {"status": "success", "data": …}. A firewall in front of Payrexx answers 405 or
// 403 in HTML when it is called too often; its own "403" with an envelope means a wrong key.
base::Result<json::Value> open_envelope(const http::Response& response);

// The one element that the answer about one thing has.
const json::Value* only_element(const json::Value& data);

base::Result<Reading> parse_transaction(const json::Value& transaction);

// The numbers of all attempts to pay on a gateway.
std::vector<std::string> transactions_of_gateway(const json::Value& gateway);

// The payment means that are switched on, over all the account's providers.
std::vector<std::string> active_methods(const json::Value& providers);

// A webhook as JSON, or as a form in PHP's bracket notation: merchants choose.
base::Result<Hint> parse_webhook(std::string_view body);

std::string id_of(const json::Value& thing);  // empty when there is none

}  // namespace payments
