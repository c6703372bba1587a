#pragma once

#include "platform/tenancy/municipality.hpp"

#include <string>

namespace app {

// The stylesheet with a municipality's colour: the few variables of the design that follow it.
// Colours were checked for contrast when they were stored.
std::string theme_css(const tenancy::Municipality& municipality);

}  // namespace app
