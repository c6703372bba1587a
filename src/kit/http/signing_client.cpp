#include "kit/http/signing_client.hpp"

#include "kit/http/message_signature.hpp"

namespace http {

SigningClient::SigningClient(Client& client, crypto::SigningKey key, const base::Clock& clock)
    : client_(client), key_(std::move(key)), clock_(clock)
{
}

base::Result<Response> SigningClient::send(const ClientRequest& request)
{
    ClientRequest signed_request = request;
    if (const auto done = sign(signed_request, key_, clock_.now()); !done)
        return done.error();
    return client_.send(signed_request);
}

}  // namespace http
