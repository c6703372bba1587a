#include "base/date.hpp"

#include <doctest/doctest.h>

using namespace base;
using namespace std::chrono_literals;

TEST_CASE("only real calendar dates are dates")
{
    CHECK(parse_date("2024-02-29"));
    CHECK_FALSE(parse_date("2026-02-29"));
    CHECK_FALSE(parse_date("2026-2-9"));
    CHECK_FALSE(parse_date("31.2.2026"));
}

TEST_CASE("an instant is written as RFC 3339, with milliseconds only when there are some")
{
    const Instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 25} + 12h;

    CHECK(format_instant(noon) == "2026-11-25T12:00:00Z");
    CHECK(format_instant(noon + 7ms) == "2026-11-25T12:00:00.007Z");
}
