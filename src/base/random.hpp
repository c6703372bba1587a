#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace base {

// Chance comes in from outside, so that tests can repeat it. Safe to share between threads.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::byte> bytes) = 0;
};

// The kernel's generator (getrandom), fit for tokens and keys; made once, in app/.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::byte> bytes) override;
};

// 26 characters of Crockford's base 32, 128 random bits: an identifier nobody can guess.
std::string random_id(Random& random);

// `length` characters without look-alikes (no 0 O 1 I L U), 5 bits each: for codes that people type.
std::string random_code(Random& random, std::size_t length);

}  // namespace base
