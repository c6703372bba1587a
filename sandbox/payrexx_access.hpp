#pragma once

#include "kit/http/response.hpp"
#include "sandbox/payrexx_books.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

// "/v1.14/Transaction/54000001/refund"
struct PayrexxPath {
    int minor_version = 0;
    std::string model;
    std::int64_t id = 0;
    std::string act;
};
std::optional<PayrexxPath> parse_payrexx_path(std::string_view path);

// What the firewall in front of Payrexx answers: more than 600 calls in five minutes are 405 first, then 403.
std::optional<http::Response> stop_at_firewall(base::Instant now, PayrexxInstance* instance);

// By the header X-API-KEY, or by the older parameter ApiSignature over all that was sent.
bool may_call(const PayrexxInstance& instance, const http::Request& request);

// Since version 1.15 errors have their own status; before, everything is 200 with "status": "error".
http::Response payrexx_error(int minor_version, int status, std::string_view message);

}  // namespace sandbox
