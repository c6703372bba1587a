#include "kit/crypto/one_time_code.hpp"

#include "kit/crypto/hashing.hpp"

#include <chrono>

namespace crypto {

std::int64_t code_step(base::Instant now)
{
    constexpr std::int64_t seconds = 30;
    return std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count() / seconds;
}

std::string one_time_code(std::string_view secret, std::int64_t step)
{
    std::string counter(8, '\0');
    auto rest = static_cast<std::uint64_t>(step);
    for (auto byte = counter.rbegin(); byte != counter.rend(); ++byte, rest >>= 8U)
        *byte = static_cast<char>(rest & 0xffU);

    const auto digest = hmac_sha1(secret, counter);
    const auto offset = static_cast<unsigned char>(digest.back()) & 15U;
    std::uint32_t number = 0;
    for (const char byte : std::string_view(digest).substr(offset, 4))
        number = (number << 8U) | static_cast<unsigned char>(byte);
    const auto digits = std::to_string((number & 0x7fffffffU) % 1'000'000U);
    return std::string(6 - digits.size(), '0') + digits;
}

}  // namespace crypto
