#pragma once

#include <string_view>

namespace base {

// Crockford's base 32 (crockford.com/base32.html): digits and letters in their order in ASCII, so that texts
// sort as the numbers they stand for.
inline constexpr std::string_view crockford_base32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

}  // namespace base
