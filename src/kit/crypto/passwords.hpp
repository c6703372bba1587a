#pragma once

#include <string>
#include <string_view>

namespace crypto {

// How much a guess costs: 64 MiB and two passes for people, the least possible for tests.
enum class PasswordCost { standard, cheap_for_tests };

// Argon2id (RFC 9106) with its own random salt, in the PHC string format.
std::string hash_password(std::string_view password, PasswordCost cost = PasswordCost::standard);

// False for a wrong password and for a text that is no hash.
bool verify_password(std::string_view hash, std::string_view password);

}  // namespace crypto
