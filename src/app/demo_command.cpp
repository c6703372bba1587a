#include "app/demo_command.hpp"

#include "app/demo_data.hpp"
#include "app/neighbours.hpp"
#include "app/options.hpp"
#include "app/serving.hpp"
#include "app/settings.hpp"
#include "base/random.hpp"
#include "kit/crypto/hashing.hpp"
#include "kit/crypto/sealer.hpp"
#include "platform/catalog/catalog.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <stdexcept>

namespace app {

namespace {

namespace fs = std::filesystem;

std::string hexadecimal_key(base::Random& random)
{
    return crypto::sha256_hex(base::random_id(random) + base::random_id(random));
}

// The demo's secrets, made once and kept beside its data, readable by their owner only.
std::string secret(const fs::path& file, const std::function<std::string()>& make)
{
    if (!fs::exists(file)) {
        std::ofstream(file) << make() << "\n";
        fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    }
    return fs::absolute(file).string();
}

// A port that nobody uses: the payment provider must know ours before we listen.
unsigned short free_port()
{
    const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool is_bound = ::bind(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                          ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(probe);
    if (!is_bound)
        throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
}

std::string without_scheme(const std::string& address)
{
    const auto start = address.find("://");
    return start == std::string::npos ? address : address.substr(start + 3);
}

// A configuration that `schalter serve --config` takes as well.
std::string configuration(
    const fs::path& data, const Address& address, const Neighbours& neighbours, base::Random& random
)
{
    const std::string port = std::to_string(address.port);
    std::string text = "# Written by `schalter demo` at each start.\n";
    text += "server.listen = " + address.host + ":" + port + "\n";
    text += "server.public_address = http://localhost:" + port + "\n";
    text += "server.metrics_listen = 127.0.0.1:0\n";
    text += "database.url = sqlite:" + fs::absolute(data / "schalter.db").string() + "\n";
    text += "crypto.keys_file = " + secret(data / "keys", [&] { return "demo:" + hexadecimal_key(random); }) +
            "\n";
    text +=
        "crypto.csrf_key_file = " + secret(data / "csrf_key", [&] { return hexadecimal_key(random); }) + "\n";
    text += "outgoing.signing_key_file = " +
            secret(data / "signing_key", [&] { return hexadecimal_key(random); }) + "\n";
    text += "webhooks.private_addresses = on\n";
    text += "payments.payrexx_address = " + neighbours.address_of("payrexx") + "\n";
    text += "payments.accept_test_payments = on\n";
    text += "mail.smtp_address = " + without_scheme(neighbours.address_of("smtp")) + "\n";
    text += "mail.smtp_encryption = none\n";
    text += "mail.sender = schalter@aargau.example\n";
    std::ofstream(data / "schalter.conf") << text;
    return text;
}

void greet(std::ostream& out, const Address& address, const Neighbours& neighbours)
{
    out << "\nSchalter, demo canton of Aargau\n"
        << "  portal        http://localhost:" << address.port << "\n"
        << "  desk          http://localhost:" << address.port << "/schalter\n"
        << "  mail          " << neighbours.address_of("mail") << "\n"
        << "  control       " << neighbours.address_of("control") << "\n\n"
        << "Desk logins, password " << demo_password << ":\n";
    for (const auto& clerk : demo_clerks())
        out << "  " << clerk.email << "  (" << clerk.name << ", municipality " << clerk.bfs_number << ")\n";
    out << "\nResidents that every register knows; the account logs in by a link in the mail:\n"
        << "  Anna Maria Keller, 12.3.1984   straight through\n"
        << "  Luca Bürgi, 19.7.2001          two of the same name and date of birth\n"
        << "  Sandra Brunner, 2.11.1979      data lock\n"
        << "  Élodie Rochat, 23.1.1995       resident since last week\n\n";
}

int run_demo(const fs::path& data, Address address, Streams& streams)
{
    fs::create_directories(data);
    base::SystemRandom random;
    base::SystemClock clock;
    const bool is_any_port = address.port == 0;
    if (is_any_port)
        address.port = free_port();
    const std::string sandbox_port = is_any_port ? "0" : std::to_string(address.port + 1);
    const auto program = fs::read_symlink("/proc/self/exe").parent_path() / "schalter-sandbox";
    const Neighbours neighbours(
        program.string(), "127.0.0.1:" + sandbox_port, "http://127.0.0.1:" + std::to_string(address.port)
    );

    const auto settings =
        base::Settings::read(all_settings(), configuration(data, address, neighbours, random), {});
    if (!settings) {
        streams.error << settings.error().detail << "\n";
        return refused;
    }
    const auto sealer = crypto::Sealer::from_keys(settings->text("crypto.keys"), random);
    if (!sealer) {
        streams.error << sealer.error().detail << "\n";
        return refused;
    }
    Serving serving;
    serving.database_url = settings->text("database.url");
    serving.listen = settings->text("server.listen");
    serving.prepare = [&](sql::Database& database) {
        load_demo(
            database,
            *sealer,
            clock,
            random,
            catalog::services_ordered_here(settings->text("catalog.directory")),
            neighbours.address_of("registers")
        );
        greet(streams.out, address, neighbours);
    };
    return serve(*settings, serving, streams);
}

}  // namespace

int demo_command(Arguments arguments, Streams& streams)
{
    constexpr std::string_view with_value[] = {"data", "listen"};
    const auto options = Options::read(arguments, with_value, {});
    if (!options || !options->words().empty()) {
        streams.error << (options ? "demo takes no further words" : options.error().detail) << "\n";
        return wrong_usage;
    }
    const auto address = parse_address(options->value("listen").value_or("127.0.0.1:8080"));
    if (!address) {
        streams.error << address.error().detail << "\n";
        return refused;
    }
    return run_demo(options->value("data").value_or("data/demo"), *address, streams);
}

}  // namespace app
