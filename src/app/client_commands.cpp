#include "app/client_commands.hpp"

#include "app/options.hpp"
#include "base/date.hpp"
#include "base/random.hpp"
#include "kit/sql/database.hpp"
#include "platform/clients/clients.hpp"

#include <ostream>

namespace app {

namespace {

// Nothing, and a sentence, when something is missing.
std::optional<Options>
read(Arguments arguments, std::span<const std::string_view> required, std::string_view word, Streams& streams)
{
    auto options = Options::read_all(arguments, required, {}, word);
    if (options)
        return std::move(*options);
    streams.error << options.error().detail << "\n";
    return std::nullopt;
}

// Lets something be done with the clients of the database that the options name.
template <class Work>
int with_clients(const Options& options, Work work)
{
    const base::SystemClock clock;
    base::SystemRandom random;
    sql::Database database(*options.value("database"));
    clients::Clients clients(database, clock, random);
    return work(clients);
}

void print(const clients::Credentials& credentials, Streams& streams)
{
    streams.out << "client id      " << credentials.client_id << "\n"
                << "client secret  " << credentials.client_secret << "\n";
}

int refuse(const base::Error& error, Streams& streams)
{
    streams.error << error.message_key << " " << error.detail << "\n";
    return refused;
}

}  // namespace

int add_client(Arguments arguments, Streams& streams)
{
    constexpr std::string_view with_value[] = {"database", "tenant", "name", "scopes"};
    const auto asked = read(arguments, with_value, "", streams);
    if (!asked)
        return wrong_usage;
    const auto scopes = clients::parse_scopes(*asked->value("scopes"));
    if (!scopes)
        return refuse(scopes.error(), streams);
    return with_clients(*asked, [&](clients::Clients& clients) {
        print(clients.add({{*asked->value("tenant")}, *asked->value("name"), *scopes}), streams);
        return done;
    });
}

int rotate_client(Arguments arguments, Streams& streams)
{
    constexpr std::string_view with_value[] = {"database"};
    const auto asked = read(arguments, with_value, "the id of a client", streams);
    if (!asked)
        return wrong_usage;
    return with_clients(*asked, [&](clients::Clients& clients) {
        const auto credentials = clients.rotate(asked->words().front());
        if (!credentials)
            return refuse(credentials.error(), streams);
        print(*credentials, streams);
        return done;
    });
}

int switch_off_client(Arguments arguments, Streams& streams)
{
    constexpr std::string_view with_value[] = {"database"};
    const auto asked = read(arguments, with_value, "the id of a client", streams);
    if (!asked)
        return wrong_usage;
    return with_clients(*asked, [&](clients::Clients& clients) {
        const auto switched = clients.switch_off(asked->words().front());
        return switched ? done : refuse(switched.error(), streams);
    });
}

int list_clients(Arguments arguments, Streams& streams)
{
    constexpr std::string_view with_value[] = {"database"};
    const auto asked = read(arguments, with_value, "", streams);
    if (!asked)
        return wrong_usage;
    return with_clients(*asked, [&](clients::Clients& clients) {
        for (const auto& listed : clients.list())
            streams.out << listed.client.id << "  " << listed.client.tenant.text << "  "
                        << (listed.is_active ? "on " : "off") << "  "
                        << (listed.last_used_at ? base::format_instant(*listed.last_used_at) : "never used")
                        << "  " << clients::write_scopes(listed.client.scopes) << "  " << listed.client.name
                        << "\n";
        return done;
    });
}

}  // namespace app
