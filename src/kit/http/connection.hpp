#pragma once

#include "kit/http/incoming.hpp"
#include "kit/http/server.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <chrono>
#include <memory>
#include <string>

namespace http {

class WorkerPool;

// What all connections of a server share. Lives as long as the server.
struct Shared {
    ServerSettings settings;
    Server::BlockingHandler handler;
    Server::FastHandler fast;
    WorkerPool& workers;
};

// One client, one request at a time: read, answer, read again. Everything here runs on the connection's own
// event loop; only the handler itself runs on a worker. Shared by the callbacks that are under way.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    using Clock = std::chrono::steady_clock;

    Connection(boost::asio::ip::tcp::socket socket, Shared& shared);

    void start();
    // Cut what is too slow: called every second by the event loop's sweep. False when the connection is gone.
    bool check_deadline(Clock::time_point now);
    // No further request; what is under way is answered. Idle connections close at once.
    void drain();
    bool is_open() const { return socket_.is_open(); }

private:
    enum class Phase { idle, reading, handling, writing };

    void read();
    void read_on();
    void answer();
    void run_handler(Request request);
    void reply(Response response, bool is_head);
    void write_bytes(std::shared_ptr<const std::string> bytes, bool is_head);
    void write_done(bool failed);
    void refuse(int status);
    void write_continue();
    void close();
    void set_client(Request& request) const;
    void set_deadline(std::chrono::seconds from_now) { deadline_ = Clock::now() + from_now; }

    boost::asio::ip::tcp::socket socket_;
    Shared& shared_;
    Incoming incoming_;
    std::array<char, 16384> buffer_;
    std::string peer_;
    bool peer_is_proxy_ = false;
    Phase phase_ = Phase::idle;
    bool keeps_alive_ = true;
    bool is_draining_ = false;
    Clock::time_point deadline_;
    std::string date_line_;                       // kept while its write is under way
    std::string head_;                            // likewise
    std::shared_ptr<const std::string> written_;  // likewise
};

}  // namespace http
