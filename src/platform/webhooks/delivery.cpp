#include "platform/webhooks/delivery.hpp"

#include "base/date.hpp"

namespace webhooks {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

constexpr std::size_t longest_address = 1000;
constexpr std::size_t longest_answer = 64U << 10U;

json::Value cloud_event(const Event& event, const std::string& public_address)
{
    return json::Object{
        {"specversion", "1.0"},
        {"id", event.id.text},
        {"source", public_address + "/" + event.tenant.text},
        {"type", event.kind},
        {"subject", event.subject},
        {"time", base::format_instant(event.happened_at)},
        {"datacontenttype", "application/json"},
        {"data", event.data},
    };
}

base::Error bad_address(std::string detail)
{
    return fail(ErrorKind::invalid, "webhooks.bad_address", std::move(detail));
}

base::Error no_https()
{
    return bad_address("https expected, found http");
}

}  // namespace

Result<http::Url> check_address(std::string_view address, Neighbourhood neighbourhood)
{
    if (address.size() > longest_address)
        return bad_address("an address has at most 1000 characters");
    auto url = http::parse_url(address);
    if (!url)
        return bad_address(url.error().detail);
    if (neighbourhood == Neighbourhood::private_too)
        return url;
    if (url->scheme != "https")
        return no_https();
    if (const auto checked = http::check_public(*url); !checked)
        return bad_address(checked.error().detail);
    return url;
}

Result<http::ClientRequest> delivery_of(
    const Event& event,
    const Subscription& subscription,
    const std::string& public_address,
    Neighbourhood neighbourhood
)
{
    const auto url = http::parse_url(subscription.address);
    if (!url)
        return bad_address(url.error().detail);
    if (neighbourhood == Neighbourhood::public_only && url->scheme != "https")
        return no_https();
    http::ClientRequest request;
    request.method = http::Method::post;
    request.url = subscription.address;
    request.headers = {
        {"Content-Type", "application/cloudevents+json"},
        {"Idempotency-Key", event.id.text},
        {"User-Agent", "Schalter"},
    };
    request.body = json::write(cloud_event(event, public_address));
    request.response_limit = longest_answer;
    request.reach =
        neighbourhood == Neighbourhood::public_only ? http::Reach::public_only : http::Reach::anywhere;
    // Nobody can silence a neighbour of others by subscribing to it.
    request.circuit = "webhooks of " + subscription.tenant.text + " at " + url->origin();
    return request;
}

}  // namespace webhooks
