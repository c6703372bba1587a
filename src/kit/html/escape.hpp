#pragma once

#include <string>
#include <string_view>

namespace html {

// Appends text so that it is text in an element and in a quoted attribute, whatever it contains.
void append_escaped(std::string& output, std::string_view text);

}  // namespace html
