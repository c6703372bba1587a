#include "kit/crypto/passwords.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace crypto {

namespace {

// libsodium wants to be started once per program; starting it again is fine and thread-safe.
void start_sodium()
{
    if (sodium_init() < 0)
        throw std::runtime_error("libsodium cannot be started");
}

}  // namespace

std::string hash_password(std::string_view password, PasswordCost cost)
{
    start_sodium();
    const bool is_cheap = cost == PasswordCost::cheap_for_tests;
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    const int failed = crypto_pwhash_str_alg(
        hash.data(),
        password.data(),
        password.size(),
        is_cheap ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_INTERACTIVE,
        is_cheap ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_INTERACTIVE,
        crypto_pwhash_ALG_ARGON2ID13
    );
    if (failed != 0)
        throw std::runtime_error("not enough memory to hash a password");
    return hash.data();
}

bool verify_password(std::string_view hash, std::string_view password)
{
    start_sodium();
    if (hash.size() >= crypto_pwhash_STRBYTES)
        return false;
    return crypto_pwhash_str_verify(std::string(hash).c_str(), password.data(), password.size()) == 0;
}

}  // namespace crypto
