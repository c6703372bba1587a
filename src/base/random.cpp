#include "base/random.hpp"

#include "base/crockford.hpp"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace base {

namespace {

constexpr char typable[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";  // 30 clear signs

void read_kernel(std::span<std::byte> bytes)
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

// An order needs chance about twenty times: each thread fetches some in advance, and forgets what it gave
// out.
class Reserve {
public:
    void take(std::span<std::byte> bytes)
    {
        if (bytes.size() > bytes_.size() - used_)
            refill();
        const auto given = std::span(bytes_).subspan(used_, bytes.size());
        std::ranges::copy(given, bytes.begin());
        explicit_bzero(given.data(), given.size());
        used_ += bytes.size();
    }

    static constexpr std::size_t largest = 64;

private:
    void refill()
    {
        read_kernel(bytes_);
        used_ = 0;
    }

    std::array<std::byte, 512> bytes_ = {};
    std::size_t used_ = bytes_.size();
};

}  // namespace

void SystemRandom::fill(std::span<std::byte> bytes)
{
    thread_local Reserve reserve;
    if (bytes.size() <= Reserve::largest)
        reserve.take(bytes);
    else
        read_kernel(bytes);
}

std::string random_id(Random& random)
{
    std::array<std::byte, 26> bytes{};
    random.fill(bytes);
    std::string id;
    id.reserve(bytes.size());
    for (const auto byte : bytes)
        id += crockford_base32[std::to_integer<unsigned>(byte) & 31U];
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
