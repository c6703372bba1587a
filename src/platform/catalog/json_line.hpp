#pragma once

#include <string_view>

namespace catalog {

// The line (from 1) in a JSON text where the member or item of a path stands,
// "pages[1].questions[0].label.fr"; where that does not exist, the line of the nearest part that does. The
// text is well-formed JSON.
int line_of(std::string_view json_text, std::string_view path);

}  // namespace catalog
