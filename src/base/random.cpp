#include "base/random.hpp"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace base {

namespace {

constexpr char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr char typable[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";  // 30 clear signs

}  // namespace

void SystemRandom::fill(std::span<std::byte> bytes)
{
    while (!bytes.empty()) {
        const auto filled = getrandom(bytes.data(), bytes.size(), 0);
        if (filled < 0) {
            if (errno == EINTR)
                continue;
            throw std::system_error(errno, std::generic_category(), "getrandom");
        }
        bytes = bytes.subspan(static_cast<std::size_t>(filled));
    }
}

std::string random_id(Random& random)
{
    std::array<std::byte, 26> bytes{};
    random.fill(bytes);
    std::string id;
    id.reserve(bytes.size());
    for (const auto byte : bytes)
        id += crockford[std::to_integer<unsigned>(byte) & 31U];
    return id;
}

std::string random_code(Random& random, std::size_t length)
{
    std::string code;
    while (code.size() < length) {
        std::array<std::byte, 16> bytes{};
        random.fill(bytes);
        for (const auto byte : bytes) {
            const auto index = std::to_integer<unsigned>(byte) & 31U;
            if (index < 30 && code.size() < length)
                code += typable[index];
        }
    }
    return code;
}

}  // namespace base
