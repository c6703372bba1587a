#include "kit/api/instant.hpp"

#include <doctest/doctest.h>

using api::parse_instant;
using namespace std::chrono_literals;

TEST_CASE("an instant is read with any offset, and only when it is one")
{
    const base::Instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 25} + 12h;

    CHECK(parse_instant("2026-11-25T12:00:00Z") == noon);
    CHECK(parse_instant("2026-11-25t13:00:00.0079+01:00") == noon + 7ms);
    CHECK(parse_instant("2026-11-25T06:30:00.5-05:30") == noon + 500ms);
    for (const auto* wrong :
         {"2026-11-25",
          "2026-11-25T12:00:00",
          "2026-11-25 12:00:00Z",
          "2026-02-30T12:00:00Z",
          "2026-11-25T24:00:00Z",
          "2026-11-25T12:00:60Z",
          "2026-11-25T12:00:00.Z",
          "2026-11-25T12:00:00,5Z",
          "2026-11-25T12:00:00+1:00",
          "2026-11-25T12:00:00ZZ"})
        CHECK_FALSE(parse_instant(wrong));
}
