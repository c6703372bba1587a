#pragma once

#include "kit/http/response.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace http {

struct ServerSettings {
    std::string host = "127.0.0.1";
    unsigned short port = 0;           // 0 = any free one
    unsigned io_threads = 1;           // each with its own event loop and SO_REUSEPORT socket
    unsigned workers = 16;             // threads that run blocking handlers
    unsigned connection_limit = 4096;  // beyond it idle connections close, then new ones
    std::size_t body_limit = 12U << 20U;
    std::chrono::seconds header_deadline{10};  // for a request, plus a second for each 8 KiB of it
    std::chrono::seconds idle_deadline{30};    // between requests; for an answer likewise
    std::chrono::seconds drain_deadline{9};
    std::string trusted_proxies = "127.0.0.1,::1";  // whose X-Forwarded-For and -Proto are believed
};

// HTTP/1.1 (RFC 9112) on plain sockets; TLS and HTTP/2 are the proxy's in front. Sends Date, Content-Length,
// gzip where the client takes it and the type is text, ETag and 304 for GET answers with `cache-control`
// public.
class Server {
public:
    // Runs on a worker thread and may block. An exception becomes an empty 500.
    using BlockingHandler = std::function<Response(Request)>;
    // Runs on the event loop and must not block: answers from memory, or nothing to pass the request on.
    using FastHandler = std::function<std::shared_ptr<const std::string>(const Request&)>;

    Server(ServerSettings settings, BlockingHandler handler, FastHandler fast = {});
    ~Server();

    unsigned short port() const;  // the one really listened on

    // Accepts no more, lets running requests finish within the drain deadline, then returns.
    void stop();

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

// A whole answer as bytes on the wire (status line, headers, body), for FastHandler.
std::string serialize(const Response& response);

}  // namespace http
