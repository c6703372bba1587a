#pragma once

#include "base/random.hpp"
#include "kit/crypto/passwords.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace identity {

// Checks passwords, taking the same time whether there is one to compare with or not, so that nobody learns
// which addresses have one.
class Passwords {
public:
    Passwords(base::Random& random, crypto::PasswordCost cost);

    std::string hash(std::string_view password) const;
    bool matches(const std::optional<std::string>& hash, std::string_view password) const;

private:
    crypto::PasswordCost cost_;
    std::string nobodys_hash_;  // compared with when there is none
};

}  // namespace identity
