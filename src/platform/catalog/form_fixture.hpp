#pragma once

// For the tests of forms: what the shipped ones share, and the day.
#include "base/date.hpp"
#include "platform/catalog/library.hpp"
#include "testing/files.hpp"

namespace catalog {

using std::chrono_literals::operator""y;
inline constexpr base::Date today = 2026y / 11 / 25;

inline const Library& library()
{
    static const Library read = read_library(testing::source_path("services")).value();
    return read;
}

}  // namespace catalog
