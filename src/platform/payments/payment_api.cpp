#include "platform/payments/payment_api.hpp"

#include "platform/payments/payments.hpp"

#include <algorithm>

namespace payments {

namespace {

constexpr std::size_t longest_body = 256U << 10U;  // Payrexx' messages have a few kilobytes

bool is_tenant(std::string_view text)
{
    return !text.empty() && text.size() <= 20 && std::ranges::all_of(text, [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z');
    });
}

http::Response take(Payments& payments, const http::Request& request)
{
    const auto tenant = request.route_value("tenant");
    if (!is_tenant(tenant))
        return http::empty(404);
    if (request.body.size() > longest_body)
        return http::empty(413);
    const auto taken = payments.take_webhook(
        {std::string(tenant)}, request.body, request.header("x-webhook-signature").value_or("")
    );
    if (taken)
        return http::empty(204);
    // Nobody learns from the answer whether there is an account: forged messages are all alike.
    return http::empty(taken.error().kind == base::ErrorKind::forbidden ? 403 : 422);
}

}  // namespace

std::vector<http::Route> routes(Payments& payments)
{
    return {
        {http::Method::post,
         "/zahlung/payrexx/{tenant}",
         [&payments](const http::Request& request) { return take(payments, request); }},
    };
}

}  // namespace payments
