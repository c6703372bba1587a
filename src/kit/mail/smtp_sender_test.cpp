#include "kit/mail/sender.hpp"
#include "testing/fixed_clock.hpp"

#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <map>
#include <stdexcept>
#include <thread>

namespace {

// A mail server for one connection on a port of its own. It says yes to everything, except where
// `replies` has another answer for a command.
class Responder {
public:
    explicit Responder(std::map<std::string, std::string> replies = {}) : replies_(std::move(replies))
    {
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        auto* plain = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener_, plain, length) != 0 || ::listen(listener_, 1) != 0 ||
            ::getsockname(listener_, plain, &length) != 0)
            throw std::runtime_error("no free port");
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }

    ~Responder()
    {
        finish();
        ::close(listener_);
    }

    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

    // Everything the client said: commands one a line, then the mail as it was sent.
    const std::vector<std::string>& commands()
    {
        finish();
        return commands_;
    }
    const std::string& mail()
    {
        finish();
        return mail_;
    }

private:
    void finish()
    {
        ::shutdown(listener_, SHUT_RDWR);
        if (thread_.joinable())
            thread_.join();
    }

    void serve()
    {
        const int client = ::accept(listener_, nullptr, nullptr);
        if (client < 0)
            return;
        say(client, reply_to("CONNECT", "220 ready"));
        std::string line;
        bool in_mail = false;
        while (read_line(client, line)) {
            if (in_mail) {
                in_mail = line != ".\r\n";
                if (in_mail)
                    mail_ += line;
                else
                    say(client, reply_to("END", "250 taken"));
                continue;
            }
            commands_.push_back(line.substr(0, line.size() - 2));
            const auto verb = line.substr(0, 4);
            in_mail = verb == "DATA" && replies_.count(verb) == 0;
            say(client, reply_to(verb, in_mail ? "354 go on" : verb == "QUIT" ? "221 bye" : "250 fine"));
        }
        ::close(client);
    }

    std::string reply_to(const std::string& command, const std::string& standard) const
    {
        const auto found = replies_.find(command);
        return found == replies_.end() ? standard : found->second;
    }

    static void say(int client, const std::string& reply)
    {
        const auto line = reply + "\r\n";
        static_cast<void>(::send(client, line.data(), line.size(), MSG_NOSIGNAL));
    }

    static bool read_line(int client, std::string& line)
    {
        line.clear();
        char letter = 0;
        while (!line.ends_with("\r\n")) {
            if (::recv(client, &letter, 1, 0) != 1)
                return false;
            line += letter;
        }
        return true;
    }

    std::map<std::string, std::string> replies_;
    int listener_ = -1;
    int port_ = 0;
    std::vector<std::string> commands_;
    std::string mail_;
    std::thread thread_;
};

mail::Message message()
{
    return {
        .id = "a1@portal.example",
        .from = {"Gemeinde Muster", "portal@muster.example"},
        .to = {"Ada", "ada@example.org"},
        .subject = "Ihre Bestätigung",
        .text = "Grüezi\n.\nIhre Bestätigung ist bereit.\n",
    };
}

const testing::FixedClock stopped_clock;

base::Result<> send(const Responder& server, const mail::Message& given)
{
    mail::SmtpSender sender(
        {.address = server.address(),
         .encryption = mail::Encryption::none,
         .user = {},
         .password = {},
         .hello = "portal.example"},
        stopped_clock
    );
    return sender.send(given);
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

base::ErrorKind refusal(const std::string& command, const std::string& reply)
{
    Responder server(std::map<std::string, std::string>{{command, reply}});
    const auto sent = send(server, message());
    REQUIRE_FALSE(sent);
    CHECK_FALSE(contains(sent.error().detail, "ada@"));
    return sent.error().kind;
}

}  // namespace

TEST_CASE("a mail reaches the server with its sender, its one recipient and its text")
{
    Responder server;

    REQUIRE(send(server, message()));

    CHECK(
        server.commands() ==
        std::vector<std::string>{
            "EHLO portal.example",
            "MAIL FROM:<portal@muster.example>",
            "RCPT TO:<ada@example.org>",
            "DATA",
            "QUIT"}
    );
    CHECK(contains(server.mail(), "Message-ID: <a1@portal.example>\r\n"));
    CHECK(contains(server.mail(), "Date: Mon, 6 May 2030 12:00:00 +0000\r\n"));
    CHECK(contains(server.mail(), "Subject: =?UTF-8?B?SWhyZSBCZXN0w6R0aWd1bmc=?=\r\n"));
    CHECK(contains(server.mail(), "Content-Type: text/plain; charset=utf-8\r\n"));
    CHECK(contains(server.mail(), "Gr=C3=BCezi\r\n..\r\nIhre Best=C3=A4tigung ist bereit.\r\n"));
}

TEST_CASE("HTML comes after the plain text, attachments after both")
{
    Responder server;
    auto given = message();
    given.html = "<p>Grüezi</p>";
    given.attachments = {{"Bestätigung 1.pdf", "application/pdf", std::string("%PDF\0\xFF", 6)}};

    REQUIRE(send(server, given));

    const auto& mail = server.mail();
    const auto plain = mail.find("text/plain");
    const auto html = mail.find("<p>Gr=C3=BCezi</p>");
    const auto file = mail.find("Content-Disposition: attachment; filename*=UTF-8''Best%C3%A4tigung%201.pdf");
    CHECK(contains(mail, "multipart/alternative"));
    CHECK(plain < html);
    CHECK(html < file);
    CHECK(file != std::string::npos);
    CHECK(contains(mail, "JVBERgD/"));
}

TEST_CASE("what the server refuses for now is tried again later")
{
    CHECK(refusal("CONNECT", "421 too busy") == base::ErrorKind::unavailable);
    CHECK(refusal("RCPT", "450 mailbox busy") == base::ErrorKind::unavailable);
    CHECK(refusal("DATA", "451 local error") == base::ErrorKind::unavailable);
    CHECK(refusal("END", "452 no space") == base::ErrorKind::unavailable);
}

TEST_CASE("what the server refuses for good is not tried again")
{
    CHECK(refusal("RCPT", "550 no such mailbox") == base::ErrorKind::invalid);
    CHECK(refusal("END", "554 not taken") == base::ErrorKind::invalid);
}

TEST_CASE("a server that does not let us in keeps no mail from being sent later")
{
    CHECK(refusal("MAIL", "530 log in first") == base::ErrorKind::unavailable);
}

TEST_CASE("a server that is not there is tried again later")
{
    std::string address;
    {
        const Responder gone;
        address = gone.address();
    }
    mail::SmtpSender sender(
        {.address = address,
         .encryption = mail::Encryption::none,
         .user = {},
         .password = {},
         .hello = "portal.example"},
        stopped_clock
    );

    const auto sent = sender.send(message());

    REQUIRE_FALSE(sent);
    CHECK(sent.error().kind == base::ErrorKind::unavailable);
}

TEST_CASE("nothing travels unencrypted when encryption is required")
{
    Responder server;
    mail::SmtpSender sender(
        {.address = server.address(), .user = {}, .password = {}, .hello = "portal.example"}, stopped_clock
    );

    const auto sent = sender.send(message());

    REQUIRE_FALSE(sent);
    CHECK(sent.error().kind == base::ErrorKind::unavailable);
    CHECK(server.mail().empty());
}

TEST_CASE("a malformed message does not even reach the server")
{
    Responder server;
    auto given = message();
    given.subject = "a\r\nBcc: x@example.org";

    CHECK_FALSE(send(server, given));
    CHECK(server.commands().empty());
}
