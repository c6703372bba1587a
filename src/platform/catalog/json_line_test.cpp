#include "platform/catalog/json_line.hpp"

#include <doctest/doctest.h>

#include <string_view>

namespace {

constexpr std::string_view text = R"({
  "title": "a \" } ] trap",
  "pages": [
    { "id": "one" },
    {
      "id": "two",
      "questions": [
        {}
      ]
    }
  ]
})";

}  // namespace

TEST_CASE("a mistake in a file is found at its line")
{
    CHECK(catalog::line_of(text, "title") == 2);
    CHECK(catalog::line_of(text, "pages[0].id") == 4);
    CHECK(catalog::line_of(text, "pages[1].id") == 6);
    CHECK(catalog::line_of(text, "pages[1].questions[0]") == 8);
}

TEST_CASE("what is missing is named at the nearest place that is there")
{
    CHECK(catalog::line_of(text, "pages[1].questions[0].label.fr") == 8);
    CHECK(catalog::line_of(text, "pages[7].id") == 3);
    CHECK(catalog::line_of(text, "format") == 1);
    CHECK(catalog::line_of(text, "") == 1);
}
