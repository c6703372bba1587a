#include "platform/webhooks/delivery.hpp"

#include <doctest/doctest.h>

using namespace webhooks;

namespace {

std::string why_not(std::string_view address)
{
    const auto checked = check_address(address, Neighbourhood::public_only);
    return checked ? "" : checked.error().detail;
}

Subscription subscription_to(std::string address)
{
    Subscription subscription;
    subscription.tenant = {"4001"};
    subscription.address = std::move(address);
    return subscription;
}

}  // namespace

TEST_CASE("subscribers are on the public internet, with TLS")
{
    CHECK(why_not("https://1.1.1.1/hooks").empty());
    CHECK(why_not("http://1.1.1.1/hooks") == "https expected, found http");
    for (const auto* address :
         {"https://localhost/",
          "https://127.0.0.1:5432/",
          "https://2130706433/",
          "https://0x7f.1/",
          "https://[::1]/",
          "https://[::ffff:10.0.0.1]/",
          "https://192.168.1.1/",
          "https://169.254.169.254/latest/meta-data/"}) {
        INFO(std::string(address));
        CHECK(why_not(address).ends_with("is not on the public internet"));
    }
}

TEST_CASE("for development they may be anywhere")
{
    CHECK(check_address("http://localhost:3000/hooks", Neighbourhood::private_too));
    CHECK_FALSE(check_address("ftp://localhost/hooks", Neighbourhood::private_too));
}

TEST_CASE("a delivery keeps to the public internet too, wherever the name leads by then")
{
    const auto to = [](const std::string& address, Neighbourhood neighbourhood) {
        return delivery_of({}, subscription_to(address), "https://schalter.example", neighbourhood);
    };

    CHECK(to("https://dialog.example/", Neighbourhood::public_only)->reach == http::Reach::public_only);
    CHECK(to("https://dialog.example/", Neighbourhood::private_too)->reach == http::Reach::anywhere);
    CHECK_FALSE(to("http://dialog.example/", Neighbourhood::public_only));
}

TEST_CASE("failures of a subscriber count for its authority only")
{
    const auto request = delivery_of(
        {},
        subscription_to("https://api.payrexx.com/x"),
        "https://schalter.example",
        Neighbourhood::public_only
    );

    CHECK(request->circuit == "webhooks of 4001 at https://api.payrexx.com");
}
