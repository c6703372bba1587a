#include "base/search.hpp"

#include <doctest/doctest.h>

using namespace base;

TEST_CASE("umlauts may be typed with dots, with e, or without either")
{
    CHECK(search_key("Möhlin") == "mohlin");
    CHECK(search_key("Moehlin") == "mohlin");
    CHECK(search_key("MOHLIN") == "mohlin");
}

TEST_CASE("brackets, hyphens and doubled spaces only part words")
{
    CHECK(search_key("  Buchs (AG)") == "buchs ag");
    CHECK(search_words("Herznach-Ueken") == std::vector<std::string>{"herznach", "uken"});
    CHECK(search_words(" - ").empty());
}

TEST_CASE("a swap of neighbours is one mistake")
{
    CHECK(edit_distance("brugg", "burgg") == 1);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("aarau", "aarau") == 0);
}

TEST_CASE("the longer the word, the more mistakes are forgiven")
{
    CHECK(is_near("wohnsitzbescheinigng", "wohnsitzbescheinigung"));
    CHECK(is_near("brug", "brugg"));
    CHECK_FALSE(is_near("rob", "rom"));
    CHECK_FALSE(is_near("baden", "boden weg"));
    CHECK_FALSE(is_near("aaraux", "baraus"));
}
