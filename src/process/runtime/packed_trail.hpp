#pragma once

#include <string>
#include <string_view>

namespace runtime {

// The trail of an instance that is over, made small (RFC 1950, with a dictionary of the words that every
// trail has). What was packed is unpacked by every later version.
std::string pack_trail(std::string_view entries);
// std::runtime_error for bytes that are none.
std::string unpack_trail(std::string_view packed);

}  // namespace runtime
