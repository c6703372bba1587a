#include "app/outgoing.hpp"

#include "kit/crypto/hashing.hpp"
#include "kit/json/json.hpp"

#include <stdexcept>

namespace app {

std::span<const base::Setting> outgoing_settings()
{
    static constexpr base::Setting all[] = {
        {"outgoing.signing_key",
         "",
         "What signs our requests to business systems and webhooks: lines of 64 hexadecimal digits, the first one "
         "signs; empty for one that is made from crypto.keys.",
         true},
        {"outgoing.circuit_failures",
         "5",
         "After so many failures in a row a business system, webhook or payment provider is left alone for a while."},
        {"outgoing.circuit_pause", "30s", "How long, unless it asks for more; then one request finds out."},
    };
    return all;
}

std::vector<crypto::SigningKey> signing_keys(const base::Settings& settings, const crypto::Sealer& sealer)
{
    const auto& chosen = settings.text("outgoing.signing_key");
    auto keys =
        crypto::read_signing_keys(chosen.empty() ? sealer.derive_key("outgoing.signing_key") : chosen);
    if (!keys)
        throw std::runtime_error("outgoing.signing_key: " + keys.error().detail);
    return std::move(*keys);
}

http::CircuitRules circuit_rules(const base::Settings& settings)
{
    const auto failures = settings.integer("outgoing.circuit_failures");
    if (failures < 1 || failures > 1000)
        throw std::runtime_error("outgoing.circuit_failures: a number from 1 to 1000 expected");
    http::CircuitRules rules;
    rules.failures = static_cast<int>(failures);
    rules.pause = settings.duration("outgoing.circuit_pause");
    return rules;
}

http::Response public_keys(const std::vector<crypto::SigningKey>& keys)
{
    json::Array set;
    for (const auto& key : keys)
        set.push_back(json::Object{
            {"kty", "OKP"},
            {"crv", "Ed25519"},
            {"kid", key.id()},
            {"use", "sig"},
            {"alg", "EdDSA"},
            {"x", crypto::base64url(key.public_key())},
        });
    http::Response response = http::json(json::write(json::Object{{"keys", std::move(set)}}));
    return response.set("content-type", "application/jwk-set+json")
        .set("cache-control", "public, max-age=3600");
}

}  // namespace app
