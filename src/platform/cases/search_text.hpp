#pragma once

#include "platform/cases/case.hpp"

#include <string>
#include <string_view>

namespace cases {

// By what a clerk finds a case.
std::string search_text_of(const Case& searched);

// For LIKE: what the clerk typed, its own wildcards made harmless.
std::string pattern_for(std::string_view search);

}  // namespace cases
