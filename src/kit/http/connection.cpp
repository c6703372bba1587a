#include "kit/http/connection.hpp"

#include "base/text.hpp"
#include "kit/http/finish.hpp"
#include "kit/http/serialize.hpp"
#include "kit/http/worker_pool.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include <ctime>

namespace http {

namespace asio = boost::asio;

namespace {

// "date: Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7).
std::string date_line()
{
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[64];
    const auto length = std::strftime(text, sizeof text, "date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
    return {text, length};
}

bool is_listed(std::string_view address, std::string_view list)
{
    for (const auto listed : base::split(list, ','))
        if (base::trim(listed) == address)
            return true;
    return false;
}

// The last address of X-Forwarded-For that no proxy of ours has written.
std::string_view forwarded_client(std::string_view forwarded, std::string_view trusted)
{
    const auto hops = base::split(forwarded, ',');
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop)
        if (!is_listed(base::trim(*hop), trusted))
            return base::trim(*hop);
    return base::trim(hops.front());
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, Shared& shared)
    : socket_(std::move(socket)), shared_(shared), incoming_({16U << 10U, shared.settings.body_limit})
{
    boost::system::error_code error;
    const auto endpoint = socket_.remote_endpoint(error);
    peer_ = error ? std::string() : endpoint.address().to_string();
    peer_is_proxy_ = is_listed(peer_, shared_.settings.trusted_proxies);
    socket_.set_option(asio::ip::tcp::no_delay(true), error);
}

void Connection::start()
{
    set_deadline(shared_.settings.header_deadline);
    read();
}

bool Connection::check_deadline(Clock::time_point now)
{
    // A handler may take its time; the client may not.
    if (socket_.is_open() && phase_ != Phase::handling && now > deadline_)
        close();
    return socket_.is_open();
}

void Connection::drain()
{
    is_draining_ = true;
    if (phase_ == Phase::idle)
        close();
}

void Connection::read()
{
    socket_.async_read_some(
        asio::buffer(buffer_),
        [self = shared_from_this()](boost::system::error_code error, std::size_t length) {
            if (error)
                return self->close();
            if (self->phase_ == Phase::idle)
                self->set_deadline(self->shared_.settings.header_deadline);
            self->phase_ = Phase::reading;
            self->incoming_.append({self->buffer_.data(), length});
            self->read_on();
        }
    );
}

void Connection::read_on()
{
    switch (incoming_.advance()) {
    case Incoming::Progress::complete: return answer();
    case Incoming::Progress::broken: return refuse(incoming_.broken_status());
    case Incoming::Progress::wants_continue: return write_continue();
    case Incoming::Progress::needs_more:
        if (!incoming_.has_begun()) {
            phase_ = Phase::idle;
            if (is_draining_)
                return close();
        } else if (phase_ == Phase::idle) {
            phase_ = Phase::reading;
        }
        return read();
    }
}

void Connection::set_client(Request& request) const
{
    request.remote_address = peer_;
    if (!peer_is_proxy_)
        return;
    if (const auto forwarded = request.header("x-forwarded-for"))
        request.remote_address = forwarded_client(*forwarded, shared_.settings.trusted_proxies);
    request.is_secure = request.header("x-forwarded-proto") == "https";
}

void Connection::answer()
{
    Request request = incoming_.take();
    keeps_alive_ = incoming_.keeps_alive() && !is_draining_;
    set_client(request);
    if (shared_.fast) {
        if (auto bytes = shared_.fast(request)) {
            phase_ = Phase::writing;
            return write_bytes(std::move(bytes), request.method == Method::head);
        }
    }
    phase_ = Phase::handling;
    run_handler(std::move(request));
}

void Connection::run_handler(Request request)
{
    const bool is_head = request.method == Method::head;
    const bool taken = shared_.workers.try_run([self = shared_from_this(),
                                                preferences = preferences_of(request),
                                                request = std::move(request),
                                                is_head]() mutable {
        Response response;
        try {
            response = finish(self->shared_.handler(std::move(request)), preferences);
        } catch (...) {
            // The handler answers for its own faults; one that does not is still no reason to fall silent.
            response = empty(500);
        }
        asio::post(self->socket_.get_executor(), [self, response = std::move(response), is_head]() mutable {
            self->reply(std::move(response), is_head);
        });
    });
    if (!taken)
        reply(empty(503).set("retry-after", "2"), is_head);
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
    date_line_ = date_line();
    if (!keeps_alive_ && rest.find("connection: close\r\n") == std::string_view::npos)
        date_line_ += "connection: close\r\n";
    set_deadline(shared_.settings.idle_deadline);
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

void Connection::write_done(bool failed)
{
    written_.reset();
    if (failed || !keeps_alive_ || is_draining_)
        return close();
    set_deadline(shared_.settings.idle_deadline);
    phase_ = Phase::idle;
    read_on();
}

void Connection::refuse(int status)
{
    keeps_alive_ = false;
    reply(empty(status), false);
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
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    socket_.close(ignored);
}

}  // namespace http
