#include "kit/http/url.hpp"

#include <doctest/doctest.h>

using namespace http;

TEST_CASE("an address is read in its parts, in one spelling")
{
    const auto url = parse_url("HTTPS://Register.Example.CH:8443/a/../persons?q=1");

    REQUIRE(url);
    CHECK(url->text() == "https://register.example.ch:8443/persons?q=1");
    CHECK(url->authority() == "register.example.ch:8443");
    CHECK(url->target() == "/persons?q=1");
    CHECK(parse_url("https://example.ch:443")->text() == "https://example.ch/");
    CHECK(parse_url("http://[::1]:8080/x")->authority() == "[::1]:8080");
}

TEST_CASE("what is no address for a program is refused")
{
    for (const auto* text :
         {"",
          "example.ch/path",
          "//example.ch",
          "ftp://example.ch/",
          "file:///etc/passwd",
          "https://user:secret@example.ch/",
          "https://example.ch/#part",
          "https:///path",
          "https://exa mple.ch/",
          "https://example.ch/a\r\nHost: b"}) {
        INFO(std::string(text));
        CHECK_FALSE(parse_url(text));
    }
    CHECK_FALSE(parse_url(std::string_view("https://example.ch/\0x", 21)));
}
