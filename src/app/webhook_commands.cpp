#include "app/webhook_commands.hpp"

#include "app/options.hpp"
#include "app/settings.hpp"
#include "base/date.hpp"
#include "base/random.hpp"
#include "kit/http/client.hpp"
#include "kit/jobs/queue.hpp"
#include "kit/sql/database.hpp"
#include "platform/clients/clients.hpp"
#include "platform/webhooks/webhooks.hpp"

#include <ostream>

namespace app {

namespace {

// Lets something be done with the webhooks of the database that the options name.
template <class Work>
int with_webhooks(const Options& options, Streams& streams, Work work)
{
    const auto settings = read_settings(options.value("config").value_or(""));
    if (!settings) {
        streams.error << settings.error().detail << "\n";
        return refused;
    }
    const base::SystemClock clock;
    base::SystemRandom random;
    sql::Database database(*options.value("database"));
    const clients::Clients clients(database, clock, random);
    http::NetworkClient client;
    jobs::Queue queue(clock, random);
    const bool is_private_allowed = settings->is_on("webhooks.private_addresses");
    webhooks::Webhooks webhooks(
        {.database = database,
         .clock = clock,
         .random = random,
         .client = client,
         .queue = queue,
         .clients = clients,
         .public_address = {},
         .neighbourhood =
             is_private_allowed ? webhooks::Neighbourhood::private_too : webhooks::Neighbourhood::public_only}
    );
    return work(webhooks);
}

int refuse(const base::Error& error, Streams& streams)
{
    streams.error << error.message_key << " " << error.detail << "\n";
    return refused;
}

int misused(const base::Error& error, Streams& streams)
{
    streams.error << error.detail << "\n";
    return wrong_usage;
}

void print(const webhooks::Subscription& listed, std::ostream& out)
{
    const auto& condition = listed.condition;
    out << listed.id.text << "  " << listed.tenant.text << "  " << name_of(condition.state) << "  "
        << listed.waiting << " waiting  "
        << (condition.last_delivered_at ? base::format_instant(*condition.last_delivered_at)
                                        : "never delivered")
        << "  " << webhooks::write_kinds(listed.kinds) << "  " << listed.address;
    if (condition.failures > 0)
        out << "  (failed " << condition.failures << " times: " << condition.last_error << ")";
    out << "\n";
}

}  // namespace

int add_webhook(Arguments arguments, Streams& streams)
{
    constexpr std::string_view required[] = {"database", "client", "address", "kinds"};
    constexpr std::string_view optional[] = {"config"};
    const auto asked = Options::read_all(arguments, required, optional, "");
    if (!asked)
        return misused(asked.error(), streams);
    const auto kinds = webhooks::parse_kinds(*asked->value("kinds"));
    if (!kinds)
        return refuse(kinds.error(), streams);
    return with_webhooks(*asked, streams, [&](webhooks::Webhooks& webhooks) {
        const auto added = webhooks.subscribe({*asked->value("client"), *asked->value("address"), *kinds});
        if (!added)
            return refuse(added.error(), streams);
        streams.out << "subscription  " << added->id.text << "\n";
        return done;
    });
}

int list_webhooks(Arguments arguments, Streams& streams)
{
    constexpr std::string_view required[] = {"database"};
    const auto asked = Options::read_all(arguments, required, {}, "");
    if (!asked)
        return misused(asked.error(), streams);
    return with_webhooks(*asked, streams, [&](const webhooks::Webhooks& webhooks) {
        for (const auto& listed : webhooks.list_all())
            print(listed, streams.out);
        return done;
    });
}

int remove_webhook(Arguments arguments, Streams& streams)
{
    constexpr std::string_view required[] = {"database", "tenant"};
    const auto asked = Options::read_all(arguments, required, {}, "the id of a subscription");
    if (!asked)
        return misused(asked.error(), streams);
    return with_webhooks(*asked, streams, [&](webhooks::Webhooks& webhooks) {
        const auto removed = webhooks.remove({*asked->value("tenant")}, {asked->words().front()});
        return removed ? done : refuse(removed.error(), streams);
    });
}

int replay_webhook(Arguments arguments, Streams& streams)
{
    constexpr std::string_view required[] = {"database", "tenant", "from"};
    const auto asked = Options::read_all(arguments, required, {}, "the id of a subscription");
    if (!asked)
        return misused(asked.error(), streams);
    return with_webhooks(*asked, streams, [&](webhooks::Webhooks& webhooks) {
        const auto replayed = webhooks.replay_from(
            {*asked->value("tenant")}, {asked->words().front()}, {*asked->value("from")}
        );
        if (!replayed)
            return refuse(replayed.error(), streams);
        streams.out << *replayed << " events are on their way again\n";
        return done;
    });
}

}  // namespace app
