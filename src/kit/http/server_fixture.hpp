#pragma once

#include "kit/http/server.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <string_view>

namespace server_tests {

using namespace http;

inline ServerSettings quick()
{
    ServerSettings settings;
    settings.workers = 2;
    settings.body_limit = 1000;
    settings.drain_deadline = std::chrono::seconds(1);
    return settings;
}

// A client that sends exactly the bytes it is told to and reads until the server closes.
class Wire {
public:
    explicit Wire(const Server& server) : socket_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(server.port());
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    }
    ~Wire() { ::close(socket_); }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    void send(std::string_view bytes) const
    {
        REQUIRE(
            ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size())
        );
    }

    std::string read_head() const
    {
        std::string head;
        char letter = 0;
        while (!head.ends_with("\r\n\r\n") && ::recv(socket_, &letter, 1, 0) == 1)
            head += letter;
        return head;
    }

    std::string read_all() const
    {
        std::string all;
        char buffer[4096];
        for (;;) {
            const auto length = ::recv(socket_, buffer, sizeof buffer, 0);
            if (length <= 0)
                return all;
            all.append(buffer, static_cast<std::size_t>(length));
        }
    }

    int socket() const { return socket_; }

private:
    int socket_;
};

inline std::string ask_raw(const Server& server, std::string_view bytes)
{
    const Wire wire(server);
    wire.send(bytes);
    return wire.read_all();
}

inline int status_of(const std::string& answer)
{
    return answer.size() < 12 ? 0 : std::stoi(answer.substr(9, 3));
}

inline constexpr std::string_view close_line = "Host: x\r\nConnection: close\r\n\r\n";

}  // namespace server_tests
