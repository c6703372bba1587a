#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace html {

// The stylesheet of a municipality that has the colour "#rrggbb". `invalid` for anything else, and for a
// colour that white text on it, or it on white, could not be read (less than 4.5:1, WCAG 2.2 section 1.4.3).
base::Result<std::string> theme_css(std::string_view colour);

}  // namespace html
