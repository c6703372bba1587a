#pragma once

#include "base/clock.hpp"
#include "kit/crypto/signing_key.hpp"
#include "kit/http/client.hpp"

namespace http {

// A client whose requests the other side can check to be ours (message_signature.hpp). Safe to share between
// threads.
class SigningClient final : public Client {
public:
    SigningClient(Client& client, crypto::SigningKey key, const base::Clock& clock);

    base::Result<Response> send(const ClientRequest& request) override;

private:
    Client& client_;
    crypto::SigningKey key_;
    const base::Clock& clock_;
};

}  // namespace http
