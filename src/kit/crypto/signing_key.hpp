#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crypto {

// A key of ours that others know the public half of: Ed25519 (RFC 8032).
class SigningKey {
public:
    // From its 32 secret bytes, as 64 hexadecimal digits.
    static base::Result<SigningKey> from_hex(std::string_view digits);

    std::string sign(std::string_view message) const;  // 64 bytes

    const std::string& public_key() const { return public_key_; }  // 32 bytes
    const std::string& id() const { return id_; }

private:
    SigningKey(std::string secret_key, std::string public_key);

    std::string secret_key_;  // 64 bytes: the secret ones and the public ones, as libsodium wants them
    std::string public_key_;
    std::string id_;
};

// One key or several, a line each: the first signs, the others are only known.
base::Result<std::vector<SigningKey>> read_signing_keys(std::string_view lines);

// Also false for a key that is none.
bool verify_signature(std::string_view public_key, std::string_view message, std::string_view signature);

// What a public key is called by: the thumbprint of its JSON Web Key (RFC 7638, RFC 8037 appendix A.3).
std::string key_id(std::string_view public_key);

}  // namespace crypto
