#pragma once

#include "base/random.hpp"

#include <cstdint>

namespace testing {

// Chance that is the same in every run (xorshift64*): different bytes each time it is asked.
class RepeatableRandom final : public base::Random {
public:
    explicit RepeatableRandom(std::uint64_t seed = 1) : state_(seed) {}

    void fill(std::span<std::byte> bytes) override
    {
        for (auto& byte : bytes) {
            state_ ^= state_ >> 12U;
            state_ ^= state_ << 25U;
            state_ ^= state_ >> 27U;
            byte = static_cast<std::byte>((state_ * 2685821657736338717U) >> 56U);
        }
    }

private:
    std::uint64_t state_;
};

}  // namespace testing
