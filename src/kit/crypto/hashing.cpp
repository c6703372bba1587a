#include "kit/crypto/hashing.hpp"

#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <sodium.h>

#include <array>
#include <stdexcept>

namespace crypto {

namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

const unsigned char* bytes_of(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

template <std::size_t size>
std::string_view text_of(const std::array<unsigned char, size>& digest)
{
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

Digest sha256_of(std::string_view bytes)
{
    Digest digest{};
    SHA256(bytes_of(bytes), bytes.size(), digest.data());
    return digest;
}

// RFC 2104, with a digest of that many bytes.
template <std::size_t size>
std::array<unsigned char, size> hmac(const EVP_MD* function, std::string_view key, std::string_view message)
{
    std::array<unsigned char, size> digest{};
    unsigned int length = 0;
    const auto* made = HMAC(
        function,
        key.data(),
        static_cast<int>(key.size()),
        bytes_of(message),
        message.size(),
        digest.data(),
        &length
    );
    if (made == nullptr || length != digest.size())
        throw std::runtime_error("HMAC is not available");
    return digest;
}

Digest hmac_sha256(std::string_view key, std::string_view message)
{
    return hmac<SHA256_DIGEST_LENGTH>(EVP_sha256(), key, message);
}

std::string hex(std::string_view bytes)
{
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        text += digits[value >> 4U];
        text += digits[value & 15U];
    }
    return text;
}

std::string encode(std::string_view bytes, std::string_view alphabet)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t index = 0; index < bytes.size(); index += 3) {
        const auto group = bytes.substr(index, 3);
        unsigned bits = 0;
        for (std::size_t offset = 0; offset < 3; ++offset)
            bits = (bits << 8U) | (offset < group.size() ? static_cast<unsigned char>(group[offset]) : 0U);
        for (std::size_t sign = 0; sign <= group.size(); ++sign)
            text += alphabet[(bits >> (18U - 6U * sign)) & 63U];
    }
    return text;
}

std::optional<std::string> decode(std::string_view text, int variant)
{
    std::string bytes(text.size(), '\0');
    std::size_t length = 0;
    const int failed = sodium_base642bin(
        reinterpret_cast<unsigned char*>(bytes.data()),
        bytes.size(),
        text.data(),
        text.size(),
        nullptr,
        &length,
        nullptr,
        variant
    );
    if (failed != 0)
        return std::nullopt;
    bytes.resize(length);
    return bytes;
}

}  // namespace

std::string sha256(std::string_view bytes)
{
    return std::string(text_of(sha256_of(bytes)));
}

std::string sha256_hex(std::string_view bytes)
{
    return hex(text_of(sha256_of(bytes)));
}

std::string hmac_sha256_hex(std::string_view key, std::string_view message)
{
    return hex(text_of(hmac_sha256(key, message)));
}

std::string hmac_sha256_base64(std::string_view key, std::string_view message)
{
    return base64(text_of(hmac_sha256(key, message)));
}

bool equal_in_constant_time(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hash_token(std::string_view token)
{
    return base64url(text_of(sha256_of(token)));
}

std::string sha1_hex(std::string_view bytes)
{
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(bytes_of(bytes), bytes.size(), digest.data());
    return hex(text_of(digest));
}

std::string hmac_sha1(std::string_view key, std::string_view message)
{
    return std::string(text_of(hmac<SHA_DIGEST_LENGTH>(EVP_sha1(), key, message)));
}

std::string base32(std::string_view bytes)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    unsigned bits = 0;
    unsigned count = 0;
    for (const char byte : bytes) {
        bits = ((bits << 8U) | static_cast<unsigned char>(byte)) & 0xffffU;
        for (count += 8; count >= 5; count -= 5)
            text += alphabet[(bits >> (count - 5U)) & 31U];
    }
    if (count > 0)
        text += alphabet[(bits << (5U - count)) & 31U];
    return text;
}

std::string base64(std::string_view bytes)
{
    std::string text = encode(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

std::optional<std::string> decode_base64(std::string_view text)
{
    return decode(text, sodium_base64_VARIANT_ORIGINAL);
}

std::string base64url(std::string_view bytes)
{
    return encode(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}

std::optional<std::string> decode_base64url(std::string_view text)
{
    return decode(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

}  // namespace crypto
