#include "base/ordered_id.hpp"

#include "base/crockford.hpp"
#include "base/random.hpp"

namespace base {

std::string ordered_id(Instant now, Random& random)
{
    constexpr std::size_t time_characters = 10;
    auto id = random_id(random);
    auto milliseconds = static_cast<std::uint64_t>(now.time_since_epoch().count());
    for (auto at = time_characters; at-- > 0; milliseconds /= 32)
        id[at] = crockford_base32[milliseconds % 32];
    return id;
}

}  // namespace base
