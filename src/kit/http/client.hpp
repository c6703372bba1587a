#pragma once

#include "base/result.hpp"
#include "kit/http/reach.hpp"
#include "kit/http/response.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace http {

struct ClientRequest {
    Method method = Method::get;
    std::string url;  // http:// or https:// (certificates checked against the system's store)
    Fields headers;
    std::string body;
    std::chrono::milliseconds timeout{10000};  // for the whole exchange
    std::size_t response_limit = 8U << 20U;
    Reach reach = Reach::anywhere;
    std::string circuit =
        {};  // whose failures count together (GuardedClient); empty: the url's host and port
};

// Asks a neighbour and waits for the answer. Any answer at all, 500 too, is a value;
// no answer (refused, timed out, too large) is ErrorKind::unavailable, with the key "http.not_connected"
// where nothing was sent. A place that the request must not reach is ErrorKind::forbidden. Redirects are not
// followed.
class Client {
public:
    virtual ~Client() = default;
    virtual base::Result<Response> send(const ClientRequest& request) = 0;
};

// The real one; safe to share between threads, keeps connections.
class NetworkClient final : public Client {
public:
    NetworkClient();
    ~NetworkClient() override;
    base::Result<Response> send(const ClientRequest& request) override;

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace http
