#include "base/random.hpp"
#include "process/runtime/keys.hpp"
#include "testing/clock.hpp"

#include <doctest/doctest.h>

#include <string>

TEST_CASE("keys are positive decimal numbers that grow with time")
{
    testing::TestClock clock;
    base::SystemRandom random;
    runtime::KeyMaker keys(clock, random);

    std::int64_t last = 0;
    for (int number = 0; number < 1000; ++number) {
        if (number % 100 == 0)
            clock.advance(std::chrono::milliseconds(1));
        const auto key = keys.make();
        REQUIRE(key.size() <= 19);
        REQUIRE(std::stoll(key) > last);
        last = std::stoll(key);
    }
}

TEST_CASE("two programs in the same millisecond make different keys")
{
    testing::TestClock clock;
    base::SystemRandom random;
    runtime::KeyMaker one(clock, random);
    runtime::KeyMaker other(clock, random);

    CHECK(one.make() != other.make());
}
