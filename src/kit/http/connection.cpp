#include "kit/http/connection.hpp"

#include "kit/http/client_address.hpp"
#include "kit/http/pause.hpp"
#include "kit/http/serialize.hpp"
#include "kit/http/worker_pool.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <sys/socket.h>

#include <cerrno>
#include <ctime>
#include <utility>

namespace http {

namespace asio = boost::asio;

namespace {

// Who is slower than 64 kbit/s for the whole of a body or an answer is cut.
constexpr std::size_t slowest_bytes_per_second = 8192;
// After a refusal the rest of what the client sends is thrown away for as long, so that it gets to read why.
constexpr std::chrono::seconds linger_deadline{2};

std::chrono::seconds allowance_for(std::size_t bytes)
{
    return std::chrono::seconds(bytes / slowest_bytes_per_second);
}

// "date: Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7), at most a second old.
const std::string& date_line(Neighbourhood& neighbourhood, Connection::Clock::time_point now)
{
    if (now >= neighbourhood.date_until) {
        const std::time_t time = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
        std::tm parts{};
        gmtime_r(&time, &parts);
        std::array<char, 64> text{};
        std::strftime(text.data(), text.size(), "date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
        neighbourhood.date_line = text.data();
        neighbourhood.date_until = now + std::chrono::seconds(1);
    }
    return neighbourhood.date_line;
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, Neighbourhood& neighbourhood)
    : socket_(std::move(socket)), neighbourhood_(neighbourhood), shared_(neighbourhood.shared),
      incoming_({.body = shared_.settings.body_limit}), pause_end_(socket_.get_executor())
{
    boost::system::error_code error;
    const auto endpoint = socket_.remote_endpoint(error);
    peer_ = error ? std::string() : plain_address(endpoint.address().to_string());
    peer_is_proxy_ = is_listed(peer_, shared_.settings.trusted_proxies);
    socket_.set_option(asio::ip::tcp::no_delay(true), error);
    socket_.non_blocking(true, error);
}

void Connection::start()
{
    deadline_ = Clock::now() + shared_.settings.header_deadline;
    read();
}

void Connection::check_deadline(Clock::time_point now)
{
    if (phase_ != Phase::handling && phase_ != Phase::waiting && now > deadline_)
        close();
}

void Connection::drain()
{
    is_draining_ = true;
    if (phase_ == Phase::idle || phase_ == Phase::lingering)
        close();
    else if (phase_ == Phase::waiting)
        ask_again(pauses_);
}

// Waits without a buffer, so that a connection costs little while its client is silent.
void Connection::read()
{
    socket_.async_wait(
        asio::ip::tcp::socket::wait_read,
        [self = shared_from_this()](boost::system::error_code error) {
            if (error)
                return self->close();
            self->take_bytes();
        }
    );
}

void Connection::take_bytes()
{
    boost::system::error_code error;
    auto& buffer = neighbourhood_.buffer;
    const auto length = socket_.read_some(asio::buffer(buffer), error);
    if (error == asio::error::would_block || error == asio::error::try_again)
        return read();
    if (error)
        return close();
    if (phase_ == Phase::lingering)
        return read();
    if (phase_ == Phase::idle) {
        began_ = Clock::now();
        received_ = 0;
        phase_ = Phase::reading;
    }
    received_ += length;
    deadline_ = began_ + shared_.settings.header_deadline + allowance_for(received_);
    incoming_.append({buffer.data(), length});
    read_on();
}

void Connection::read_on()
{
    switch (incoming_.advance()) {
    case Incoming::Progress::complete: return answer();
    case Incoming::Progress::broken: return refuse(incoming_.broken_status());
    case Incoming::Progress::wants_continue: return write_continue();
    case Incoming::Progress::needs_more: return read();
    }
}

void Connection::set_client(Request& request) const
{
    request.remote_address = peer_;
    if (!peer_is_proxy_)
        return;
    request.remote_address = forwarded_client(request, peer_, shared_.settings.trusted_proxies);
    request.is_secure = request.header("x-forwarded-proto") == "https";
}

void Connection::answer()
{
    Request request = incoming_.take();
    keeps_alive_ = incoming_.keeps_alive() && !is_draining_;
    set_client(request);
    if (auto bytes = fast_answer(request)) {
        phase_ = Phase::writing;
        return write_bytes(std::move(bytes), request.method == Method::head);
    }
    Asked asked{preferences_of(request), request.method == Method::head};
    run_on_worker(
        [this, request = std::move(request)]() mutable { return shared_.handler(std::move(request)); },
        std::move(asked)
    );
}

// A fault on the event loop would take all its connections with it: the worker gets the request, and its
// fault.
std::shared_ptr<const std::string> Connection::fast_answer(const Request& request) const
{
    try {
        return shared_.fast ? shared_.fast(request) : nullptr;
    } catch (const std::exception&) {
        return nullptr;
    }
}

void Connection::run_on_worker(std::function<Response()> handler, Asked asked)
{
    phase_ = Phase::handling;
    const bool is_head = asked.is_head;
    const bool is_taken = shared_.workers.try_run(
        [self = shared_from_this(), handler = std::move(handler), asked = std::move(asked)]() mutable {
            Response response;
            try {
                response = handler();
                if (!response.pause)
                    response = finish(std::move(response), asked.preferences);
            } catch (...) {
                // The handler answers for its own faults; one that does not is still no reason to fall
                // silent.
                response = empty(500);
            }
            asio::post(
                self->socket_.get_executor(),
                [self, response = std::move(response), asked = std::move(asked)]() mutable {
                    self->take_answer(std::move(response), std::move(asked));
                }
            );
        }
    );
    if (!is_taken)
        reply(empty(503).set("retry-after", "2"), is_head);
}

void Connection::take_answer(Response response, Asked asked)
{
    if (response.pause && socket_.is_open())
        wait(std::move(response.pause), std::move(asked));
    else
        reply(std::move(response), asked.is_head);
}

void Connection::wait(std::shared_ptr<Pause> pause, Asked asked)
{
    phase_ = Phase::waiting;
    pause_ = std::move(pause);
    asked_ = std::move(asked);
    const auto number = ++pauses_;
    if (is_draining_)
        return ask_again(number);
    pause_end_.expires_after(pause_->at_most);
    pause_end_.async_wait([weak = weak_from_this(), number](boost::system::error_code error) {
        if (const auto self = weak.lock(); self && !error)
            self->ask_again(number);
    });
    pause_->listen([weak = weak_from_this(), number, executor = socket_.get_executor()] {
        asio::post(executor, [weak, number] {
            if (const auto self = weak.lock())
                self->ask_again(number);
        });
    });
}

void Connection::ask_again(std::uint64_t pause_number)
{
    if (phase_ != Phase::waiting || pause_number != pauses_)
        return;
    pause_end_.cancel();
    // What an answer would bring, a job perhaps, must not be lost with it.
    if (has_client_left())
        return close();
    run_on_worker(
        [pause = std::exchange(pause_, nullptr), is_last = is_draining_] { return pause->again(is_last); },
        std::move(asked_)
    );
}

bool Connection::has_client_left()
{
    char byte = 0;
    const auto length = recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return length == 0 || (length < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
}

void Connection::reply(Response response, bool is_head)
{
    if (!socket_.is_open())
        return;
    phase_ = Phase::writing;
    keeps_alive_ = keeps_alive_ && !is_draining_;
    if (!keeps_alive_)
        response.set("connection", "close");
    auto bytes = std::make_shared<const std::string>(serialize(response));
    write_bytes(std::move(bytes), is_head);
}

// The bytes begin with the status line; our date goes in after it, so that cached answers carry a fresh one.
void Connection::write_bytes(std::shared_ptr<const std::string> bytes, bool is_head)
{
    written_ = std::move(bytes);
    std::string_view rest = *written_;
    const auto status_end = rest.find("\r\n") + 2;
    const auto status_line = rest.substr(0, status_end);
    rest.remove_prefix(status_end);
    if (is_head)
        rest = rest.substr(0, rest.find("\r\n\r\n") + 4);
    const auto now = Clock::now();
    date_line_ = date_line(neighbourhood_, now);
    if (!keeps_alive_ && rest.find("connection: close\r\n") == std::string_view::npos)
        date_line_ += "connection: close\r\n";
    deadline_ = now + shared_.settings.idle_deadline + allowance_for(rest.size());
    const std::array<asio::const_buffer, 3> parts{
        asio::buffer(status_line.data(), status_line.size()),
        asio::buffer(date_line_),
        asio::buffer(rest.data(), rest.size()),
    };
    asio::async_write(
        socket_,
        parts,
        [self = shared_from_this()](boost::system::error_code error, std::size_t) {
            self->write_done(static_cast<bool>(error));
        }
    );
}

void Connection::write_done(bool has_failed)
{
    written_.reset();
    if (has_failed || is_draining_)
        return close();
    if (lingers_)
        return linger();
    if (!keeps_alive_)
        return close();
    const auto now = Clock::now();
    deadline_ = now + shared_.settings.idle_deadline;
    phase_ = Phase::idle;
    if (incoming_.has_begun()) {  // the next request came with this one
        phase_ = Phase::reading;
        began_ = now;
        received_ = 0;
    }
    read_on();
}

void Connection::refuse(int status)
{
    keeps_alive_ = false;
    lingers_ = true;
    reply(empty(status), false);
}

// Closing on bytes that nobody has read would reset the connection and take the refusal with it.
void Connection::linger()
{
    phase_ = Phase::lingering;
    deadline_ = Clock::now() + linger_deadline;
    boost::system::error_code error;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
    if (error)
        return close();
    read();
}

void Connection::write_continue()
{
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(
        socket_,
        asio::buffer(go_on.data(), go_on.size()),
        [self = shared_from_this()](boost::system::error_code error, std::size_t) {
            if (error)
                return self->close();
            self->read_on();
        }
    );
}

void Connection::close()
{
    boost::system::error_code ignored;
    socket_.close(ignored);
    pause_end_.cancel();
    pause_ = nullptr;
    neighbourhood_.connections.erase(shared_from_this());
}

}  // namespace http
