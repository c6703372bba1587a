// schalter-sandbox: the neighbours of Schalter on this machine, for demo and tests.
#include "kit/http/client.hpp"
#include "kit/http/server.hpp"
#include "sandbox/control.hpp"
#include "sandbox/portal_keys.hpp"
#include "sandbox/smtp_server.hpp"

#include <charconv>
#include <csignal>
#include <iostream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr std::string_view usage =
    "usage: schalter-sandbox [--listen HOST:PORT] [--portal URL] [--retry-factor FACTOR]\n"
    "  --listen        Payrexx answers at PORT (8081), the business systems at PORT+1, SMTP at PORT+2,\n"
    "                  the mail page at PORT+3, the control interface at PORT+4; port 0 takes any free ones\n"
    "  --portal        where Payrexx' webhooks go and the portal's public keys are (http://localhost:8080)\n"
    "  --retry-factor  makes the pauses between deliveries of a webhook shorter (1)\n";

struct Wishes {
    std::string host = "127.0.0.1";
    unsigned short port = 8081;
    std::string portal = "http://localhost:8080";
    double retry_factor = 1;
};

template <class Number>
bool read_number(std::string_view text, Number& number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

bool read_listen(std::string_view text, Wishes& wishes)
{
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || !read_number(text.substr(colon + 1), wishes.port))
        return false;
    wishes.host = text.substr(0, colon);
    return true;
}

std::optional<Wishes> read_wishes(const std::vector<std::string_view>& arguments)
{
    Wishes wishes;
    for (std::size_t index = 0; index < arguments.size(); index += 2) {
        const std::string_view value =
            index + 1 < arguments.size() ? arguments[index + 1] : std::string_view();
        bool is_understood = !value.empty();
        if (arguments[index] == "--listen")
            is_understood = read_listen(value, wishes);
        else if (arguments[index] == "--portal")
            wishes.portal = value;
        else if (arguments[index] == "--retry-factor")
            is_understood = read_number(value, wishes.retry_factor) && wishes.retry_factor >= 0;
        else
            is_understood = false;
        if (!is_understood)
            return std::nullopt;
    }
    return wishes;
}

// The port of the neighbour of that number; any free one when the first is.
unsigned short port_of(const Wishes& wishes, int neighbour)
{
    return wishes.port == 0 ? wishes.port : static_cast<unsigned short>(wishes.port + neighbour);
}

http::Server serve(const Wishes& wishes, int neighbour, http::Server::BlockingHandler handler)
{
    http::ServerSettings settings;
    settings.host = wishes.host;
    settings.port = port_of(wishes, neighbour);
    return {settings, std::move(handler)};
}

void tell(std::string_view name, std::string_view scheme, const std::string& host, unsigned short port)
{
    std::cout << name << " listening on " << scheme << "://" << host << ":" << port << std::endl;
}

void run(const Wishes& wishes, const sigset_t& signals)
{
    const base::SystemClock clock;
    base::SystemRandom random;
    const sandbox::Pages pages;
    sandbox::Payrexx payrexx(clock, random, pages, wishes.portal, wishes.retry_factor);
    http::NetworkClient client;
    sandbox::PortalKeys keys(client, clock, wishes.portal);
    sandbox::Registers registers(
        clock,
        [](std::chrono::seconds wait) { std::this_thread::sleep_for(wait); },
        [&](const http::Request& request) { return keys.check(request); }
    );
    sandbox::Mailbox mailbox(clock, pages);
    const sandbox::Control control(payrexx, registers, mailbox);

    const auto payrexx_server =
        serve(wishes, 0, [&](const http::Request& asked) { return payrexx.handle(asked); });
    const auto registers_server =
        serve(wishes, 1, [&](const http::Request& asked) { return registers.handle(asked); });
    const sandbox::SmtpServer smtp_server(wishes.host, port_of(wishes, 2), [&](const sandbox::RawMail& mail) {
        mailbox.take(mail);
    });
    const auto mail_server =
        serve(wishes, 3, [&](const http::Request& asked) { return mailbox.handle(asked); });
    const auto control_server =
        serve(wishes, 4, [&](const http::Request& asked) { return control.handle(asked); });
    const std::jthread postman([&](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            payrexx.deliver_due(client);
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    });

    tell("payrexx", "http", wishes.host, payrexx_server.port());
    tell("registers", "http", wishes.host, registers_server.port());
    tell("smtp", "smtp", wishes.host, smtp_server.port());
    tell("mail", "http", wishes.host, mail_server.port());
    tell("control", "http", wishes.host, control_server.port());
    int signal = 0;
    sigwait(&signals, &signal);
}

}  // namespace

int main(int count, char** values)
{
    const std::vector<std::string_view> arguments(values + 1, values + count);
    if (arguments.size() == 1 && arguments[0] == "--help") {
        std::cout << usage;
        return 0;
    }
    const auto wishes = read_wishes(arguments);
    if (!wishes) {
        std::cerr << usage;
        return 2;
    }
    // Every thread leaves the signals to this one.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    try {
        run(*wishes, signals);
    } catch (const std::exception& error) {
        std::cerr << "schalter-sandbox: " << error.what() << "\n";
        return 70;
    }
    return 0;
}
