#include "base/ordered_id.hpp"
#include "base/random.hpp"

#include <doctest/doctest.h>

#include <set>
#include <vector>

using namespace base;

TEST_CASE("two identifiers differ and have 26 characters")
{
    SystemRandom random;

    CHECK(random_id(random).size() == 26);
    CHECK(random_id(random) != random_id(random));
}

TEST_CASE("codes for people have no signs that look alike")
{
    SystemRandom random;
    CHECK(random_code(random, 200).find_first_of("01OILUabl") == std::string::npos);
}

TEST_CASE("small and large wants of chance are all filled, and never twice with the same")
{
    SystemRandom random;
    std::set<std::vector<std::byte>> seen;
    for (const std::size_t size : {16U, 64U, 65U, 600U, 33U})
        for (int time = 0; time < 40; ++time) {
            std::vector<std::byte> bytes(size);
            random.fill(bytes);
            CHECK(seen.insert(bytes).second);
        }
}

TEST_CASE("ordered identifiers sort as they were made, and show when")
{
    SystemRandom random;
    const Instant moment(std::chrono::milliseconds(1'469'918'176'385));

    const auto first = ordered_id(moment, random);
    CHECK(first.size() == 26);
    CHECK(first.starts_with("01ARYZ6S41"));  // the example of the ULID specification
    CHECK(first != ordered_id(moment, random));
    CHECK(first < ordered_id(moment + std::chrono::milliseconds(1), random));
    CHECK(first < ordered_id(moment + std::chrono::years(100), random));
}
