#pragma once

#include "kit/json/json.hpp"
#include "sandbox/payrexx_books.hpp"

#include <string>

namespace sandbox {

// Answers and webhooks in the shapes that the live interface was seen to send.
json::Value
gateway_json(const PayrexxBooks& books, const PayrexxInstance& instance, const PayrexxGateway& gateway);
json::Value transaction_json(const PayrexxInstance& instance, const PayrexxTransaction& transaction);
json::Value webhook_json(const PayrexxInstance& instance, const PayrexxTransaction& transaction);
json::Value methods_json(const PayrexxInstance& instance);
json::Value providers_json(const PayrexxInstance& instance);

// The same tree as a form in PHP's bracket notation.
std::string php_form_of(const json::Value& value);

}  // namespace sandbox
