#include "app/serving.hpp"

#include "app/options.hpp"
#include "app/portal.hpp"
#include "app/schema.hpp"
#include "app/settings.hpp"
#include "kit/http/client.hpp"
#include "kit/http/server.hpp"
#include "kit/mail/sender.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"

#include <charconv>
#include <csignal>
#include <filesystem>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <thread>

namespace app {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

// Signals are waited for by the main thread; blocked before any other thread begins, so that none gets them.
class Signals {
public:
    Signals()
    {
        sigemptyset(&set_);
        sigaddset(&set_, SIGTERM);
        sigaddset(&set_, SIGINT);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
        std::signal(SIGPIPE, SIG_IGN);
    }

    void wait() const
    {
        int signal = 0;
        sigwait(&set_, &signal);
    }

private:
    sigset_t set_{};
};

mail::SmtpSettings smtp_settings(const base::Settings& settings)
{
    mail::SmtpSettings smtp;
    smtp.address = settings.text("mail.smtp_address");
    smtp.encryption =
        settings.text("mail.smtp_encryption") == "none" ? mail::Encryption::none : mail::Encryption::required;
    smtp.user = settings.text("mail.smtp_user");
    smtp.password = settings.text("mail.smtp_password");
    smtp.hello = "localhost";
    return smtp;
}

void make_folder_of(std::string_view url)
{
    if (!url.starts_with("sqlite:") || url == "sqlite::memory:")
        return;
    const auto folder = std::filesystem::path(url.substr(7)).parent_path();
    if (!folder.empty())
        std::filesystem::create_directories(folder);
}

sql::Options database_options(const base::Settings& settings)
{
    const auto connections = settings.integer("database.connections");
    if (connections < 1)
        throw std::runtime_error("database.connections: a number of at least 1 expected");
    return {.connections = static_cast<std::size_t>(connections)};
}

http::ServerSettings server_settings(const base::Settings& settings, const Address& address)
{
    http::ServerSettings chosen;
    chosen.host = address.host;
    chosen.port = address.port;
    chosen.workers = static_cast<unsigned>(settings.integer("server.workers"));
    chosen.trusted_proxies = settings.text("server.trusted_proxies");
    return chosen;
}

// Nothing where the setting is empty; `invalid` when nobody can listen there.
Result<std::unique_ptr<http::Server>> serve_metrics(const std::string& listen, const Portal& portal)
{
    if (listen.empty())
        return std::unique_ptr<http::Server>();
    const auto address = parse_address(listen);
    if (!address)
        return fail(ErrorKind::invalid, "app.address", "server.metrics_listen: " + address.error().detail);
    http::ServerSettings settings;
    settings.host = address->host;
    settings.port = address->port;
    settings.workers = 1;
    try {
        return std::make_unique<http::Server>(settings, [&portal](const http::Request& request) {
            return request.path == "/metrics" ? portal.metrics() : http::empty(404);
        });
    } catch (const std::exception& error) {
        return fail(
            ErrorKind::invalid, "app.address", "server.metrics_listen " + listen + ": " + error.what()
        );
    }
}

}  // namespace

Result<Address> parse_address(const std::string& text)
{
    const auto colon = text.rfind(':');
    Address address;
    const char* const last = text.data() + text.size();
    const char* const first = colon == std::string::npos ? last : text.data() + colon + 1;
    if (first == last || std::from_chars(first, last, address.port).ptr != last)
        return fail(ErrorKind::invalid, "app.address", "'" + text + "' is no HOST:PORT");
    address.host = text.substr(0, colon);
    if (address.host.starts_with('[') && address.host.ends_with(']'))
        address.host = address.host.substr(1, address.host.size() - 2);
    if (address.host == "localhost" || address.host.empty())
        address.host = "127.0.0.1";
    return address;
}

int serve(const base::Settings& settings, const Serving& serving, Streams& streams)
{
    const auto address = parse_address(serving.listen);
    if (!address) {
        streams.error << address.error().detail << "\n";
        return refused;
    }
    auto catalog = catalog::Catalog::load(settings.text("catalog.directory"));
    if (!catalog) {
        streams.error << catalog.error().detail << "\n";
        return refused;
    }
    const Signals signals;
    base::SystemClock clock;
    base::SystemRandom random;
    http::NetworkClient client;
    mail::SmtpSender sender(smtp_settings(settings), clock);

    make_folder_of(serving.database_url);
    sql::Database database(serving.database_url, database_options(settings));
    if (serving.migrates)
        database.migrate(all_migrations());
    if (serving.prepare)
        serving.prepare(database);
    Portal portal(database, settings, std::move(*catalog), {clock, random, client, sender});

    const auto metrics = serve_metrics(settings.text("server.metrics_listen"), portal);
    if (!metrics) {
        streams.error << metrics.error().detail << "\n";
        return refused;
    }
    http::Server server(
        server_settings(settings, *address),
        [&portal](http::Request request) { return portal.handle(std::move(request)); },
        [&portal](const http::Request& request) { return portal.answer_fast(request); }
    );
    portal.start();
    streams.out << "listening on http://" << address->host << ":" << server.port() << std::endl;

    signals.wait();
    server.stop();
    portal.stop();
    return done;
}

int serve_command(Arguments arguments, Streams& streams)
{
    constexpr std::string_view with_value[] = {"config", "database", "listen"};
    constexpr std::string_view flags[] = {"no-migrate"};
    const auto options = Options::read(arguments, with_value, flags);
    if (!options || !options->words().empty()) {
        streams.error << (options ? "serve takes no further words" : options.error().detail) << "\n";
        return wrong_usage;
    }
    const auto settings = read_settings(options->value("config").value_or(""));
    if (!settings) {
        streams.error << settings.error().detail << "\n";
        return refused;
    }
    Serving serving;
    serving.database_url = options->value("database").value_or(settings->text("database.url"));
    serving.listen = options->value("listen").value_or(settings->text("server.listen"));
    serving.migrates = !options->has("no-migrate");
    return serve(*settings, serving, streams);
}

int migrate_command(Arguments arguments, Streams& streams)
{
    constexpr std::string_view with_value[] = {"database"};
    const auto options = Options::read(arguments, with_value, {});
    if (!options || !options->words().empty() || !options->value("database")) {
        streams.error << (options ? "migrate needs --database URL" : options.error().detail) << "\n";
        return wrong_usage;
    }
    make_folder_of(*options->value("database"));
    sql::Database database(*options->value("database"));
    database.migrate(all_migrations());
    streams.out << "the schema is up to date\n";
    return done;
}

}  // namespace app
