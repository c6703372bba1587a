#include "base/random.hpp"

#include <doctest/doctest.h>

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
