#include "kit/html/accepted_language.hpp"

#include <doctest/doctest.h>

using html::accepted_language;
using html::Language;

TEST_CASE("Of several languages a reader gets the one they like best, not the first")
{
    CHECK(accepted_language("fr-CH,fr;q=0.9,de;q=0.8") == Language::fr);
    CHECK(accepted_language("en;q=0.1, de-CH;q=0.75, IT;q=0.750") == Language::de);
    CHECK(accepted_language("rm, es;q=0.9, it;q=0.2") == Language::it);
    CHECK(accepted_language("de;q=0, en;q=0.001") == Language::en);
}

TEST_CASE("Of languages that we do not speak a reader gets none")
{
    CHECK_FALSE(accepted_language("rm, *"));
    CHECK_FALSE(accepted_language("de;q=x, fr;q="));
    CHECK_FALSE(accepted_language("dex, french"));
    CHECK_FALSE(accepted_language(""));
}
