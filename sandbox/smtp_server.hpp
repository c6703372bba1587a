#pragma once

#include "sandbox/smtp.hpp"

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace sandbox {

// Listens for SMTP on a loopback address. One conversation at a time: there is one sender.
class SmtpServer {
public:
    // Port 0 takes any free one. Throws std::system_error when the port is taken.
    SmtpServer(const std::string& host, unsigned short port, std::function<void(RawMail)> take);
    ~SmtpServer();

    unsigned short port() const { return port_; }

private:
    void serve();
    void talk(int connection);

    std::function<void(RawMail)> take_;
    int listener_ = -1;
    unsigned short port_ = 0;
    std::atomic<bool> is_stopping_{false};
    std::thread thread_;
};

}  // namespace sandbox
