#include "kit/http/server.hpp"

#include "base/thread_order.hpp"
#include "kit/http/connection.hpp"
#include "kit/http/worker_pool.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <sys/socket.h>

#include <atomic>
#include <stdexcept>
#include <thread>

namespace http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::size_t queue_per_worker = 64;

void share_port(tcp::acceptor& acceptor)
{
    const int on = 1;
    if (setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0)
        throw std::runtime_error("SO_REUSEPORT is not available");
}

// One thread with its event loop, its own listening socket on the shared port, and its connections.
class Loop {
public:
    Loop(const tcp::endpoint& endpoint, Shared& shared)
        : acceptor_(context_), sweep_(context_), neighbourhood_{shared}
    {
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(tcp::acceptor::reuse_address(true));
        share_port(acceptor_);
        acceptor_.bind(endpoint);
        acceptor_.listen(4096);
    }

    tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }

    void start()
    {
        accept();
        sweep();
        thread_ = std::thread([this] { run(); });
    }

    void drain()
    {
        asio::post(context_, [this] {
            boost::system::error_code ignored;
            is_draining_ = true;
            acceptor_.close(ignored);
            for_each_connection([](Connection& connection) { connection.drain(); });
            open_ = neighbourhood_.connections.size();
        });
    }

    std::size_t open_connections() const { return open_; }

    void join()
    {
        context_.stop();
        thread_.join();
        neighbourhood_.connections.clear();
    }

private:
    // A fault in one connection's step (no memory, say) costs that connection, which the sweep cuts; the
    // others go on.
    void run()
    {
        base::go_first();
        for (;;) {
            try {
                context_.run();
                return;
            } catch (const std::exception&) {
                continue;
            }
        }
    }

    void accept()
    {
        acceptor_.async_accept([this](boost::system::error_code error, tcp::socket socket) {
            if (is_draining_)
                return;
            // Out of descriptors: the sweep frees some; the next attempt comes with it.
            if (error) {
                retry_accept_ = true;
                return;
            }
            try {
                admit(std::move(socket));
            } catch (const std::exception&) {  // the newcomer goes, those after it are let in
            }
            accept();
        });
    }

    // When the house is full, somebody who only waits makes room; if all are busy, the newcomer goes.
    void admit(tcp::socket socket)
    {
        auto& connections = neighbourhood_.connections;
        const auto& settings = neighbourhood_.shared.settings;
        if (connections.size() >=
            std::max(1U, settings.connection_limit / std::max(1U, settings.io_threads))) {
            const auto idle = std::ranges::find_if(connections, [](const auto& connection) {
                return connection->is_idle();
            });
            if (idle == connections.end())
                return;
            (*idle)->close();
        }
        const auto [added, is_new] =
            connections.insert(std::make_shared<Connection>(std::move(socket), neighbourhood_));
        (*added)->start();
        open_ = connections.size();
    }

    void sweep()
    {
        const bool is_urgent = is_draining_;
        sweep_.expires_after(is_urgent ? std::chrono::milliseconds(20) : std::chrono::milliseconds(500));
        sweep_.async_wait([this](boost::system::error_code error) {
            if (error)
                return;
            const auto now = Connection::Clock::now();
            for_each_connection([now](Connection& connection) { connection.check_deadline(now); });
            open_ = neighbourhood_.connections.size();
            if (std::exchange(retry_accept_, false))
                accept();
            sweep();
        });
    }

    // A connection may leave the set while it is visited, no other one does.
    template <class Visit>
    void for_each_connection(Visit visit)
    {
        auto& connections = neighbourhood_.connections;
        for (auto next = connections.begin(); next != connections.end();) {
            const auto connection = *next++;
            visit(*connection);
        }
    }

    asio::io_context context_{1};
    tcp::acceptor acceptor_;
    asio::steady_timer sweep_;
    Neighbourhood neighbourhood_;
    std::atomic<std::size_t> open_ = 0;
    bool is_draining_ = false;
    bool retry_accept_ = false;
    std::thread thread_;
};

}  // namespace

struct Server::Implementation {
    Implementation(ServerSettings settings, BlockingHandler handler, FastHandler fast)
        : workers(std::make_unique<WorkerPool>(settings.workers, settings.workers * queue_per_worker)),
          shared{std::move(settings), std::move(handler), std::move(fast), *workers}
    {
        tcp::endpoint endpoint(asio::ip::make_address(shared.settings.host), shared.settings.port);
        for (unsigned index = 0; index < std::max(1U, shared.settings.io_threads); ++index) {
            loops.push_back(std::make_unique<Loop>(endpoint, shared));
            endpoint.port(loops.front()->endpoint().port());
        }
        for (const auto& loop : loops)
            loop->start();
    }

    bool is_quiet() const
    {
        for (const auto& loop : loops)
            if (loop->open_connections() > 0)
                return false;
        return true;
    }

    std::unique_ptr<WorkerPool> workers;
    Shared shared;
    std::vector<std::unique_ptr<Loop>> loops;
    bool is_stopped = false;
};

Server::Server(ServerSettings settings, BlockingHandler handler, FastHandler fast)
    : implementation_(
          std::make_unique<Implementation>(std::move(settings), std::move(handler), std::move(fast))
      )
{
}

Server::~Server()
{
    stop();
}

unsigned short Server::port() const
{
    return implementation_->loops.front()->endpoint().port();
}

void Server::stop()
{
    auto& state = *implementation_;
    if (std::exchange(state.is_stopped, true))
        return;
    for (const auto& loop : state.loops)
        loop->drain();
    const auto deadline = Connection::Clock::now() + state.shared.settings.drain_deadline;
    while (!state.is_quiet() && Connection::Clock::now() < deadline)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    state.workers.reset();
    for (const auto& loop : state.loops)
        loop->join();
}

}  // namespace http
