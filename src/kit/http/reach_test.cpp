#include "kit/http/client.hpp"
#include "kit/http/reach.hpp"
#include "kit/http/server.hpp"

#include <doctest/doctest.h>

using namespace http;

TEST_CASE("addresses of this machine, of its network and of no network are not public")
{
    for (const auto* address :
         {"127.0.0.1",
          "10.1.2.3",
          "172.16.0.1",
          "172.31.255.255",
          "192.168.1.1",
          "169.254.169.254",
          "100.64.0.1",
          "0.0.0.0",
          "224.0.0.1",
          "255.255.255.255",
          "198.18.0.1",
          "192.0.2.1",
          "::",
          "::1",
          "fe80::1",
          "fc00::1",
          "fd12:3456::1",
          "ff02::1",
          "2001:db8::1",
          "2002:7f00:1::",
          "::ffff:10.0.0.1",
          "64:ff9b::a00:1",
          "2001:0:1::1",
          "fe80::1%eth0",
          "localhost",
          "",
          "127.1",
          "1.2.3.4, 10.0.0.1"}) {
        INFO(std::string(address));
        CHECK_FALSE(is_public_address(address));
    }
}

TEST_CASE("addresses of the internet are public")
{
    for (const auto* address :
         {"1.1.1.1", "172.15.0.1", "172.32.0.1", "195.65.10.11", "2606:4700::1111", "::ffff:1.1.1.1"}) {
        INFO(std::string(address));
        CHECK(is_public_address(address));
    }
}

TEST_CASE("a host is looked up before it is called public")
{
    CHECK(
        check_public(parse_url("http://localhost/x").value()).error().message_key == "http.private_address"
    );
    CHECK_FALSE(check_public(parse_url("http://[::1]/x").value()));
    CHECK_FALSE(check_public(parse_url("http://2130706433/x").value()));  // 127.0.0.1, as one number
    CHECK(check_public(parse_url("https://1.1.1.1/x").value()));
}

TEST_CASE(
    "a request for the public internet does not reach this machine, whatever its name and whoever was here"
)
{
    int asked = 0;
    Server server({}, [&](const Request&) {
        ++asked;
        return text("hello");
    });
    NetworkClient client;
    ClientRequest request;
    request.url = "http://localhost:" + std::to_string(server.port()) + "/";
    REQUIRE(client.send(request));  // leaves a connection behind

    request.reach = Reach::public_only;
    const auto by_name = client.send(request);
    request.url = "http://127.0.0.1:" + std::to_string(server.port()) + "/";
    const auto by_number = client.send(request);

    REQUIRE_FALSE(by_name);
    CHECK(by_name.error().kind == base::ErrorKind::forbidden);
    CHECK(by_name.error().message_key == "http.private_address");
    CHECK_FALSE(by_number);
    CHECK(asked == 1);
}
