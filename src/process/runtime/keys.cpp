#include "process/runtime/keys.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <array>

namespace runtime {

std::string KeyMaker::make()
{
    // 2020-01-01; with 41 bits for the milliseconds since, keys stay positive until 2089.
    constexpr std::int64_t epoch = 1'577'836'800'000;
    constexpr std::int64_t random_values = std::int64_t{1} << 22;

    std::array<std::byte, 3> bytes{};
    random_.fill(bytes);
    std::int64_t chance = 0;
    for (const auto byte : bytes)
        chance = chance * 256 + std::to_integer<std::int64_t>(byte);

    const std::int64_t elapsed = clock_.now().time_since_epoch().count() - epoch;
    const std::int64_t drawn = std::max<std::int64_t>(elapsed, 0) * random_values + chance % random_values;
    const std::lock_guard lock(mutex_);
    last_ = std::max(last_ + 1, drawn);
    return std::to_string(last_);
}

}  // namespace runtime
