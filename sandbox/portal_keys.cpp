#include "sandbox/portal_keys.hpp"

#include "kit/crypto/hashing.hpp"
#include "kit/http/message_signature.hpp"
#include "kit/json/json.hpp"

namespace sandbox {

namespace {

using Keys = std::map<std::string, std::string, std::less<>>;

// The Ed25519 keys of a JWK set (RFC 7517, RFC 8037).
Keys parse_keys(std::string_view text)
{
    Keys keys;
    const auto document = json::parse(text);
    const auto* list = document ? document->find("keys") : nullptr;
    if (list == nullptr || list->if_array() == nullptr)
        return keys;
    for (const json::Value& key : *list->if_array()) {
        const auto bytes = crypto::decode_base64url(key.text_of("x"));
        if (key.text_of("kty") == "OKP" && key.text_of("crv") == "Ed25519" && bytes)
            keys.emplace(key.text_of("kid"), *bytes);
    }
    return keys;
}

}  // namespace

PortalKeys::PortalKeys(http::Client& client, const base::Clock& clock, std::string portal_address)
    : client_(client), clock_(clock), address_(std::move(portal_address) + "/.well-known/schalter-keys")
{
}

base::Result<> PortalKeys::check(const http::Request& request)
{
    bool is_reached = true;
    const auto find_key = [&](std::string_view id) {
        auto key = find(id);
        if (!key) {
            is_reached = fetch();
            key = find(id);
        }
        return key;
    };
    const auto verified = http::verify(http::message_of(request), {find_key, clock_.now()});
    if (verified)
        return base::Done{};
    if (!is_reached)
        return base::fail(
            base::ErrorKind::unavailable, "sandbox.no_keys", "the portal does not give its keys"
        );
    return verified.error();
}

std::optional<std::string> PortalKeys::find(std::string_view id)
{
    const std::lock_guard lock(mutex_);
    const auto known = keys_.find(id);
    return known == keys_.end() ? std::nullopt : std::optional(known->second);
}

bool PortalKeys::fetch()
{
    http::ClientRequest request;
    request.url = address_;
    const auto answer = client_.send(request);
    if (!answer || answer->status != 200)
        return false;
    auto keys = parse_keys(answer->body);
    const std::lock_guard lock(mutex_);
    keys_ = std::move(keys);
    return true;
}

}  // namespace sandbox
