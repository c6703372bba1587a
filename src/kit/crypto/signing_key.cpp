#include "kit/crypto/signing_key.hpp"

#include "base/text.hpp"
#include "kit/crypto/hashing.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace crypto {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

unsigned char* bytes_of(std::string& text)
{
    return reinterpret_cast<unsigned char*>(text.data());
}

const unsigned char* bytes_of(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

SigningKey::SigningKey(std::string secret_key, std::string public_key)
    : secret_key_(std::move(secret_key)), public_key_(std::move(public_key)), id_(key_id(public_key_))
{
}

Result<SigningKey> SigningKey::from_hex(std::string_view digits)
{
    if (sodium_init() < 0)
        throw std::runtime_error("libsodium cannot be started");
    std::array<unsigned char, crypto_sign_SEEDBYTES> seed{};
    std::size_t length = 0;
    const int failed =
        sodium_hex2bin(seed.data(), seed.size(), digits.data(), digits.size(), nullptr, &length, nullptr);
    if (failed != 0 || length != seed.size() || digits.size() != 2 * seed.size())
        return fail(ErrorKind::invalid, "crypto.bad_key", "a signing key is 64 hexadecimal digits");
    std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0');
    std::string secret_key(crypto_sign_SECRETKEYBYTES, '\0');
    crypto_sign_seed_keypair(bytes_of(public_key), bytes_of(secret_key), seed.data());
    return SigningKey(std::move(secret_key), std::move(public_key));
}

std::string SigningKey::sign(std::string_view message) const
{
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(
        bytes_of(signature),
        nullptr,
        bytes_of(message),
        message.size(),
        bytes_of(std::string_view(secret_key_))
    );
    return signature;
}

Result<std::vector<SigningKey>> read_signing_keys(std::string_view lines)
{
    std::vector<SigningKey> keys;
    for (const auto line : base::split(lines, '\n')) {
        if (base::trim(line).empty())
            continue;
        auto key = SigningKey::from_hex(base::trim(line));
        if (!key)
            return key.error();
        keys.push_back(std::move(*key));
    }
    if (keys.empty())
        return fail(ErrorKind::invalid, "crypto.no_key", "no signing key is given");
    return keys;
}

bool verify_signature(std::string_view public_key, std::string_view message, std::string_view signature)
{
    if (public_key.size() != crypto_sign_PUBLICKEYBYTES || signature.size() != crypto_sign_BYTES)
        return false;
    return crypto_sign_verify_detached(
               bytes_of(signature), bytes_of(message), message.size(), bytes_of(public_key)
           ) == 0;
}

std::string key_id(std::string_view public_key)
{
    // The members that matter, in the order of their names, without spaces.
    return base64url(sha256(R"({"crv":"Ed25519","kty":"OKP","x":")" + base64url(public_key) + R"("})"));
}

}  // namespace crypto
