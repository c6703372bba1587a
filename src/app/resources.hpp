#pragma once

#include "kit/html/pages.hpp"
#include "kit/html/texts.hpp"

#include <vector>

namespace app {

// The templates and texts of all rooms.
std::vector<html::Source> all_pages();
std::vector<html::LocaleSource> all_texts();

}  // namespace app
