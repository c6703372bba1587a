#include "platform/identity/passwords.hpp"

namespace identity {

Passwords::Passwords(base::Random& random, crypto::PasswordCost cost)
    : cost_(cost), nobodys_hash_(crypto::hash_password(base::random_id(random), cost))
{
}

std::string Passwords::hash(std::string_view password) const
{
    return crypto::hash_password(password, cost_);
}

bool Passwords::matches(const std::optional<std::string>& hash, std::string_view password) const
{
    const bool is_right = crypto::verify_password(hash.value_or(nobodys_hash_), password);
    return hash.has_value() && is_right;
}

}  // namespace identity
