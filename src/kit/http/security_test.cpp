#include "kit/http/security.hpp"

#include <doctest/doctest.h>

using namespace http;

TEST_CASE("a citizen's page may use our own things only, in no frame")
{
    CHECK(
        content_security_policy({}) ==
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
}

TEST_CASE("a policy names the payment page, the town's own site and the modeller's styles when asked to")
{
    const auto text = content_security_policy(
        {.form_targets = {"https://*.payrexx.com"},
         .frame_ancestors = {"https://aarau.example", "https://baden.example"},
         .allows_inline_styles = true}
    );

    CHECK(text.find("form-action 'self' https://*.payrexx.com;") != std::string::npos);
    CHECK(text.ends_with("frame-ancestors https://aarau.example https://baden.example"));
    CHECK(text.find("style-src 'self' 'unsafe-inline';") != std::string::npos);
    CHECK(text.find("script-src 'self';") != std::string::npos);
}

TEST_CASE("every answer carries the headers, and keeps what its handler has set")
{
    const SecurityHeaders headers({});
    Response response = html("x").set("referrer-policy", "no-referrer");

    headers.add_to(response, /*is_secure=*/false);

    CHECK(find_field(response.headers, "referrer-policy") == "no-referrer");
    CHECK(find_field(response.headers, "x-content-type-options") == "nosniff");
    CHECK(find_field(response.headers, "cross-origin-opener-policy") == "same-origin");
    CHECK_FALSE(find_field(response.headers, "strict-transport-security"));

    headers.add_to(response, /*is_secure=*/true);

    CHECK(find_field(response.headers, "strict-transport-security") == "max-age=31536000");
    CHECK(std::ranges::count(response.headers, "x-content-type-options", &Fields::value_type::first) == 1);
}
