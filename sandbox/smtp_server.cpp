#include "sandbox/smtp_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace sandbox {

namespace {

constexpr int look_every_milliseconds = 200;  // whether the server shall stop
constexpr int patience_milliseconds = 30000;  // with a silent client

[[noreturn]] void fail(const char* what)
{
    throw std::system_error(errno, std::generic_category(), what);
}

bool is_readable(int socket)
{
    pollfd waited{socket, POLLIN, 0};
    return poll(&waited, 1, look_every_milliseconds) > 0;
}

bool send_all(int connection, std::string_view text)
{
    while (!text.empty()) {
        const auto sent = send(connection, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

}  // namespace

SmtpServer::SmtpServer(const std::string& host, unsigned short port, std::function<void(RawMail)> take)
    : take_(std::move(take))
{
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener_ < 0)
        fail("socket");
    const int yes = 1;
    setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host.c_str(), &address.sin_addr);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t length = sizeof address;
    if (bind(listener_, generic, length) != 0 || listen(listener_, SOMAXCONN) != 0 ||
        getsockname(listener_, generic, &length) != 0) {
        close(listener_);
        fail("the SMTP port");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

SmtpServer::~SmtpServer()
{
    is_stopping_ = true;
    thread_.join();
    close(listener_);
}

void SmtpServer::serve()
{
    while (!is_stopping_) {
        if (!is_readable(listener_))
            continue;
        const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0)
            continue;
        talk(connection);
        close(connection);
    }
}

void SmtpServer::talk(int connection)
{
    SmtpSession session(take_);
    if (!send_all(connection, SmtpSession::greeting()))
        return;
    std::string received;
    int silent_milliseconds = 0;
    while (!session.is_over() && !is_stopping_ && silent_milliseconds < patience_milliseconds) {
        if (!is_readable(connection)) {
            silent_milliseconds += look_every_milliseconds;
            continue;
        }
        silent_milliseconds = 0;
        std::array<char, 16384> buffer{};
        const auto count = recv(connection, buffer.data(), buffer.size(), 0);
        if (count <= 0)
            return;
        received.append(buffer.data(), static_cast<std::size_t>(count));
        std::size_t start = 0;
        for (auto end = received.find("\r\n"); end != std::string::npos; end = received.find("\r\n", start)) {
            const auto reply = session.answer(std::string_view(received).substr(start, end - start));
            start = end + 2;
            if (reply && !send_all(connection, *reply))
                return;
        }
        received.erase(0, start);
    }
}

}  // namespace sandbox
