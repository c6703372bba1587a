#pragma once

#include "base/settings.hpp"
#include "kit/crypto/sealer.hpp"
#include "kit/crypto/signing_key.hpp"
#include "kit/http/circuit.hpp"
#include "kit/http/response.hpp"

#include <span>
#include <vector>

namespace app {

// What the program's requests to others have in common: circuit breakers, and signatures that others check
// with our public keys.
std::span<const base::Setting> outgoing_settings();

// The first one signs. std::runtime_error for a setting that makes no sense, here and below.
std::vector<crypto::SigningKey> signing_keys(const base::Settings& settings, const crypto::Sealer& sealer);
http::CircuitRules circuit_rules(const base::Settings& settings);

// A JSON Web Key set (RFC 7517, RFC 8037).
http::Response public_keys(const std::vector<crypto::SigningKey>& keys);

}  // namespace app
