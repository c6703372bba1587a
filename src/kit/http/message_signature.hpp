#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "kit/http/client.hpp"
#include "kit/http/request.hpp"
#include "kit/http/structured_field.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crypto {
class SigningKey;
}

// HTTP Message Signatures (RFC 9421) of requests, by Ed25519; bodies by their Content-Digest (RFC 9530).
namespace http {

// A request as its signature sees it, the same at both ends. Looks into the request that it was made from.
struct Message {
    Method method = Method::get;
    std::string url;  // the target URI
    const Fields& headers;
    std::string_view body;
};
Message message_of(const ClientRequest& request);
Message message_of(const Request& request);  // as it arrived here; behind a proxy if that passes the host on

// "sha-256=:…:"
std::string content_digest(std::string_view body);

// The text that is signed (section 2.5): a line for each component that is covered, in order. `invalid` for a
// component that the message does not have or that we do not know.
base::Result<std::string> signature_base(const Message& message, const InnerList& covered);

// Adds Content-Digest (where there is a body), Signature-Input and Signature, under the label "schalter".
// Covered are method, target URI, and of content-digest, content-type and idempotency-key what is there.
// Brings the url into its one spelling; `invalid` when it is none.
base::Result<> sign(ClientRequest& request, const crypto::SigningKey& key, base::Instant now);

struct Verification {
    // The public key of that name, 32 bytes; nothing for a key that we do not trust.
    std::function<std::optional<std::string>(std::string_view key_id)> find_key;
    base::Instant now;
    std::chrono::seconds leeway = std::chrono::minutes(5);  // between created and now, either way
};

// Gives the name of the key by which the request is signed, with all that `sign` covers. `forbidden`: there
// is no such signature (the detail says what is wrong with the last one that was looked at).
base::Result<std::string> verify(const Message& message, const Verification& verification);

}  // namespace http
