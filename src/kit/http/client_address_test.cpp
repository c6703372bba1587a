#include "kit/http/client_address.hpp"

#include <doctest/doctest.h>

using namespace http;

namespace {

std::string client_of(Fields headers)
{
    Request request;
    request.headers = std::move(headers);
    return forwarded_client(request, "127.0.0.1", "127.0.0.1, 10.0.0.1");
}

}  // namespace

TEST_CASE("the client is the last address that no proxy of ours has written")
{
    CHECK(client_of({}) == "127.0.0.1");
    CHECK(client_of({{"x-forwarded-for", "192.0.2.7"}}) == "192.0.2.7");
    CHECK(client_of({{"x-forwarded-for", "6.6.6.6, 192.0.2.7, 10.0.0.1"}}) == "192.0.2.7");
    CHECK(client_of({{"x-forwarded-for", "2001:db8::1"}}) == "2001:db8::1");
    CHECK(client_of({{"x-forwarded-for", "::ffff:192.0.2.7"}}) == "192.0.2.7");
}

TEST_CASE("a client cannot pass itself off as another by a line of its own")
{
    CHECK(client_of({{"x-forwarded-for", "6.6.6.6"}, {"x-forwarded-for", "192.0.2.7"}}) == "192.0.2.7");
    CHECK(client_of({{"x-forwarded-for", "6.6.6.6, unknown, 10.0.0.1"}}) == "10.0.0.1");
    CHECK(client_of({{"x-forwarded-for", "<script>"}}) == "127.0.0.1");
    CHECK(client_of({{"x-forwarded-for", ""}}) == "127.0.0.1");
}
