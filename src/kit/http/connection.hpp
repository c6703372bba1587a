#pragma once

#include "kit/http/finish.hpp"
#include "kit/http/incoming.hpp"
#include "kit/http/pause.hpp"
#include "kit/http/server.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_set>

namespace http {

class Connection;
class WorkerPool;

// What all connections of a server share. Lives as long as the server.
struct Shared {
    ServerSettings settings;
    Server::BlockingHandler handler;
    Server::FastHandler fast;
    WorkerPool& workers;
};

// What the connections of one event loop share; touched by that loop's thread only.
struct Neighbourhood {
    Shared& shared;
    // Shared with the callbacks under way, see Connection. A connection that closes leaves at once.
    std::unordered_set<std::shared_ptr<Connection>> connections = {};
    std::array<char, 65536> buffer = {};  // where bytes arrive before they are their connection's
    std::string date_line = {};           // made anew when the second has passed
    std::chrono::steady_clock::time_point date_until = {};
};

// One client, one request at a time: read, answer, read again. Everything here runs on the connection's own
// event loop; only the handler itself runs on a worker. Shared by the callbacks that are under way.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    using Clock = std::chrono::steady_clock;

    Connection(boost::asio::ip::tcp::socket socket, Neighbourhood& neighbourhood);

    void start();
    // Cuts a client that is too slow: called by the event loop's sweep. A handler may take its time.
    void check_deadline(Clock::time_point now);
    // No further request; what is under way is answered. Idle connections close at once.
    void drain();
    bool is_idle() const { return phase_ == Phase::idle; }
    void close();

private:
    enum class Phase { idle, reading, handling, waiting, writing, lingering };
    // What must be known of a request when its answer comes.
    struct Asked {
        Preferences preferences;
        bool is_head = false;
    };

    void read();
    void take_bytes();
    void read_on();
    void answer();
    std::shared_ptr<const std::string> fast_answer(const Request& request) const;
    void run_on_worker(std::function<Response()> handler, Asked asked);
    void take_answer(Response response, Asked asked);
    void wait(std::shared_ptr<Pause> pause, Asked asked);
    void ask_again(std::uint64_t pause_number);
    bool has_client_left();
    void reply(Response response, bool is_head);
    void write_bytes(std::shared_ptr<const std::string> bytes, bool is_head);
    void write_done(bool has_failed);
    void refuse(int status);
    void linger();
    void write_continue();
    void set_client(Request& request) const;

    boost::asio::ip::tcp::socket socket_;
    Neighbourhood& neighbourhood_;
    Shared& shared_;
    Incoming incoming_;
    std::string peer_;
    bool peer_is_proxy_ = false;
    Phase phase_ = Phase::idle;
    bool keeps_alive_ = true;
    bool is_draining_ = false;
    bool lingers_ = false;
    std::shared_ptr<Pause> pause_;  // while waiting
    Asked asked_;                   // likewise
    std::uint64_t pauses_ = 0;      // counts them, as a call of an earlier one may come late
    boost::asio::steady_timer pause_end_;
    std::size_t received_ = 0;  // bytes of the request that is being read
    Clock::time_point began_;   // its first byte
    Clock::time_point deadline_;
    std::string date_line_;                       // kept while its write is under way
    std::shared_ptr<const std::string> written_;  // likewise
};

}  // namespace http
