#include "base/csv.hpp"

#include <doctest/doctest.h>

using base::Csv;

TEST_CASE("quoted values may hold commas, quotes and line ends")
{
    const auto csv = Csv::parse(
        "a.csv", "name,note\r\n\"Buchs, AG\",\"say \"\"ah\"\"\nnow\"\r\n\r\nBrugg,\n", {"name", "note"}
    );

    REQUIRE(csv);
    REQUIRE(csv->rows().size() == 2);
    CHECK(csv->rows()[0].values == std::vector<std::string>{"Buchs, AG", "say \"ah\"\nnow"});
    CHECK(csv->rows()[1].values == std::vector<std::string>{"Brugg", ""});
    CHECK(csv->rows()[1].line == 5);
}

TEST_CASE("a line with too few values is named")
{
    const auto csv = Csv::parse("a.csv", "name,note\nBrugg\n", {"name", "note"});

    REQUIRE_FALSE(csv);
    CHECK(csv.error().detail == "a.csv:2: expected 2 values, found 1");
}

TEST_CASE("other columns than expected are refused")
{
    CHECK_FALSE(Csv::parse("a.csv", "note,name\n", {"name", "note"}));
    CHECK_FALSE(Csv::parse("a.csv", "", {"name", "note"}));
}

TEST_CASE("a quote that is never closed is refused")
{
    CHECK_FALSE(Csv::parse("a.csv", "name\n\"Brugg\n", {"name"}));
    CHECK_FALSE(Csv::parse("a.csv", "name\n\"Brugg\"x\n", {"name"}));
}
