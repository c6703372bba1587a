#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace crypto {

std::string sha256(std::string_view bytes);      // FIPS 180-4, 32 bytes
std::string sha256_hex(std::string_view bytes);  // lower case

// RFC 2104 over SHA-256.
std::string hmac_sha256_hex(std::string_view key, std::string_view message);
std::string hmac_sha256_base64(std::string_view key, std::string_view message);

// FIPS 180-4 and RFC 2104, for what others have fixed (lists of breached passwords, one-time codes) and for
// nothing else: SHA-1 is broken where somebody may choose both texts.
std::string sha1_hex(std::string_view bytes);                           // lower case
std::string hmac_sha1(std::string_view key, std::string_view message);  // 20 bytes

// Takes the same time wherever the texts differ; texts of different length are unequal.
bool equal_in_constant_time(std::string_view a, std::string_view b);

// What is kept of a random token (session, link): its SHA-256. Only for tokens of at least 100 random bits.
std::string hash_token(std::string_view token);

std::string base32(std::string_view bytes);  // RFC 4648 section 6, without padding
std::string base64(std::string_view bytes);  // RFC 4648 section 4, padded
// Nothing for a text that is not padded base64.
std::optional<std::string> decode_base64(std::string_view text);
std::string base64url(std::string_view bytes);  // RFC 4648 section 5, without padding
std::optional<std::string> decode_base64url(std::string_view text);

}  // namespace crypto
