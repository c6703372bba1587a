#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace feel {

// The byte at which the code point number `index` (from 0) begins; the size when there are fewer.
std::size_t byte_of(std::string_view utf8, std::size_t index);

// By Unicode's rules without a language: "ß" becomes "SS", "İ" stays what it is in Turkish or not.
std::string upper_case(std::string_view utf8);
std::string lower_case(std::string_view utf8);

}  // namespace feel
