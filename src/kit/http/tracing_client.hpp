#pragma once

#include "kit/http/client.hpp"

namespace base {
class Random;
}

namespace http {

// Tells neighbours which trace a request belongs to: the sending thread's (base/trace.hpp), in `traceparent`
// (W3C Trace Context Level 1). Safe to share between threads.
class TracingClient final : public Client {
public:
    TracingClient(Client& client, base::Random& random) : client_(client), random_(random) {}

    base::Result<Response> send(const ClientRequest& request) override;

private:
    Client& client_;
    base::Random& random_;
};

}  // namespace http
