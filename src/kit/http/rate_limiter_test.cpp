#include "kit/http/rate_limiter.hpp"
#include "testing/fixed_clock.hpp"

#include <doctest/doctest.h>

using namespace http;
using namespace std::chrono_literals;

TEST_CASE("after the burst one try is allowed every interval, and no more are saved up than the burst")
{
    testing::FixedClock clock;
    RateLimiter limiter({.burst = 2, .interval = 10s, .keys = 10}, clock);
    CHECK(limiter.take("ada").is_allowed);
    CHECK(limiter.take("ada").is_allowed);

    const auto refused = limiter.take("ada");

    CHECK_FALSE(refused.is_allowed);
    CHECK(refused.retry_after == 10s);
    clock.advance(9s + 500ms);
    CHECK(limiter.take("ada").retry_after == 1s);
    clock.advance(500ms);
    CHECK(limiter.take("ada").is_allowed);
    CHECK_FALSE(limiter.take("ada").is_allowed);
    clock.advance(1h);
    CHECK(limiter.take("ada").is_allowed);
    CHECK(limiter.take("ada").is_allowed);
    CHECK_FALSE(limiter.take("ada").is_allowed);
}

TEST_CASE("one client's tries do not count against another")
{
    testing::FixedClock clock;
    RateLimiter limiter({.burst = 1, .interval = 10s, .keys = 10}, clock);
    CHECK(limiter.take("ada").is_allowed);

    CHECK(limiter.take("bob").is_allowed);
    CHECK_FALSE(limiter.take("ada").is_allowed);
}

TEST_CASE("a flood of clients takes no more memory than allowed, and who keeps trying stays refused")
{
    testing::FixedClock clock;
    RateLimiter limiter({.burst = 2, .interval = 10s, .keys = 100}, clock);
    limiter.take("ada");

    for (int index = 0; index < 40; ++index)
        limiter.take("first " + std::to_string(index));
    limiter.take("ada");
    for (int index = 0; index < 40; ++index)
        limiter.take("second " + std::to_string(index));

    CHECK_FALSE(limiter.take("ada").is_allowed);
    for (int index = 0; index < 1000; ++index)
        limiter.take("third " + std::to_string(index));
    CHECK(limiter.known_keys() <= 100);
}

TEST_CASE("addresses of one household count as one client")
{
    CHECK(client_network("192.0.2.7") == "192.0.2.7");
    CHECK(client_network("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
    CHECK(client_network("2001:db8:1:2::9") == client_network("2001:db8:1:2:ffff::1"));
    CHECK(client_network("2001:db8:1:3::9") != client_network("2001:db8:1:2::9"));
    CHECK(client_network("no address") == "no address");
}
