#pragma once

#include "base/clock.hpp"

#include <string>

namespace base {

class Random;

// A ULID (github.com/ulid/spec): 26 characters of Crockford's base 32, 48 bits of the milliseconds since 1970
// and 80 random bits. For the keys of rows: those made together lie together in every index, so that a commit
// writes few pages. Whoever sees one learns when it was made; secrets are random_id's.
std::string ordered_id(Instant now, Random& random);

}  // namespace base
