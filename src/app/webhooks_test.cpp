// Subscribers of events, through the whole portal and over real sockets.
#include "app/browser_fixture.hpp"
#include "app/webhook_commands.hpp"
#include "kit/http/message_signature.hpp"
#include "kit/http/server.hpp"
#include "platform/clients/clients.hpp"
#include "platform/webhooks/webhook_store.hpp"

#include <mutex>
#include <sstream>

using namespace app;

namespace {

// A program of an authority that takes events at an address of its own, if they are signed by the portal.
class Subscriber {
public:
    explicit Subscriber(Town& town) : town_(town) { open(); }

    void open()
    {
        http::ServerSettings settings;
        settings.port = port_;
        server_ = std::make_unique<http::Server>(settings, [this](const http::Request& request) {
            return take(request);
        });
        port_ = server_->port();
    }
    void close() { server_.reset(); }

    std::string address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hooks"; }

    std::vector<std::string> kinds() const { return texts_of("type"); }
    std::vector<std::string> subjects() const { return texts_of("subject"); }
    std::vector<std::string> ids() const { return texts_of("id"); }
    std::string all() const
    {
        const std::lock_guard lock(mutex_);
        std::string text;
        for (const auto& event : events_)
            text += json::write(event);
        return text;
    }

private:
    http::Response take(const http::Request& request)
    {
        const std::lock_guard lock(mutex_);
        if (!town_.keys_of_portal.check(request))
            return http::empty(401);
        events_.push_back(json::parse(request.body).value());
        return http::empty(204);
    }

    std::vector<std::string> texts_of(std::string_view member) const
    {
        const std::lock_guard lock(mutex_);
        std::vector<std::string> texts;
        for (const auto& event : events_)
            texts.emplace_back(event.text_of(member));
        return texts;
    }

    Town& town_;
    unsigned short port_ = 0;
    mutable std::mutex mutex_;
    std::vector<json::Value> events_;  // guarded by mutex_
    std::unique_ptr<http::Server> server_;
};

constexpr auto every_kind = "order.submitted order.paid order.in_progress order.completed order.expired";

// What the command printed; its last word is the id.
struct Said {
    int code = 0;
    std::string out;
    std::string error;

    std::string last_word() const
    {
        const auto end = out.find_last_not_of('\n') + 1;
        return out.substr(out.find_last_of(' ', end) + 1, end - out.find_last_of(' ', end) - 1);
    }
};

Said call(int (*command)(Arguments, Streams&), const std::vector<std::string>& arguments)
{
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream error;
    Streams streams{in, out, error};
    const int code = command(arguments, streams);
    return {code, out.str(), error.str()};
}

// A town on a file, as the commands and the program share it.
void with_town_on_file(const std::function<void(Town&, const std::string& url)>& test)
{
    const auto folder =
        std::filesystem::temp_directory_path() / ("schalter-webhooks-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const std::string url = "sqlite:" + (folder / "town.db").string();
    {
        sql::Database database(url);
        database.migrate(all_migrations());
        Town town(database);
        http::NetworkClient network;
        town.wire.beyond = &network;
        test(town, url);
    }
    std::filesystem::remove_all(folder);
}

std::string
subscribe(Town& town, const std::string& url, const std::string& tenant, const std::string& address)
{
    clients::Clients clients(town.database, town.clock, town.random);
    const auto client = clients.add({{tenant}, "Dialog", {}}).client_id;
    const auto config =
        std::filesystem::temp_directory_path() / ("schalter-" + std::to_string(::getpid()) + ".conf");
    std::ofstream(config) << "webhooks.private_addresses = on\n";
    const auto added = call(
        add_webhook,
        {"--database",
         url,
         "--client",
         client,
         "--address",
         address,
         "--kinds",
         every_kind,
         "--config",
         config.string()}
    );
    std::filesystem::remove(config);
    REQUIRE_MESSAGE(added.code == done, added.error);
    return added.last_word();
}

}  // namespace

TEST_CASE("an order is told step by step, once, signed, and without a word about the person")
{
    with_town_on_file([](Town& town, const std::string& url) {
        Subscriber aarau(town);
        Subscriber baden(town);
        subscribe(town, url, "4001", aarau.address());
        subscribe(town, url, "4021", baden.address());
        Browser anna(town);

        const auto reference = order(town, anna);
        town.work();
        town.pass(1h);

        CHECK(
            aarau.kinds() ==
            std::vector<std::string>{"order.submitted", "order.paid", "order.in_progress", "order.completed"}
        );
        CHECK(aarau.subjects() == std::vector<std::string>(4, reference));
        for (const auto* secret : {"Keller", "Anna", "anna@example.org", "1984"}) {
            INFO(std::string(secret));
            CHECK(aarau.all().find(secret) == std::string::npos);
        }
        CHECK(baden.kinds().empty());
    });
}

TEST_CASE("a subscriber that was down is told later, and can have it all again under the same ids")
{
    with_town_on_file([](Town& town, const std::string& url) {
        Subscriber dialog(town);
        const auto subscription = subscribe(town, url, "4001", dialog.address());
        dialog.close();
        Browser anna(town);
        order(town, anna);
        town.work();
        town.pass(2h);
        CHECK(call(list_webhooks, {"--database", url}).out.find("4 waiting") != std::string::npos);

        dialog.open();
        town.pass(1h);
        const auto ids = dialog.ids();
        REQUIRE(ids.size() == 4);
        const auto replayed =
            call(replay_webhook, {"--database", url, "--tenant", "4001", "--from", ids[1], subscription});
        town.work();

        CHECK(replayed.out == "3 events are on their way again\n");
        CHECK(
            dialog.ids() == std::vector<std::string>{ids[0], ids[1], ids[2], ids[3], ids[1], ids[2], ids[3]}
        );
        CHECK(call(list_webhooks, {"--database", url}).out.find("0 waiting") != std::string::npos);
    });
}

TEST_CASE("what is announced survives the end of the program")
{
    with_town_on_file([](Town& town, const std::string& url) {
        Subscriber dialog(town);
        subscribe(town, url, "4001", dialog.address());
        dialog.close();
        Browser anna(town);
        order(town, anna);
        town.work();

        town.restart();
        dialog.open();
        town.pass(1h);

        CHECK(dialog.ids().size() == 4);
    });
}

TEST_CASE("an unpaid order is told as expired")
{
    with_town_on_file([](Town& town, const std::string& url) {
        Subscriber dialog(town);
        subscribe(town, url, "4001", dialog.address());
        Browser anna(town);
        const auto draft = fill_form(anna);
        anna.send(draft + "/pruefen");

        town.pass(25h);

        CHECK(dialog.kinds() == std::vector<std::string>{"order.submitted", "order.expired"});
    });
}

TEST_CASE("the commands say what is wrong")
{
    with_town_on_file([](Town& town, const std::string& url) {
        clients::Clients clients(town.database, town.clock, town.random);
        const auto client = clients.add({{"4001"}, "Dialog", {}}).client_id;
        const auto add = [&](const std::string& address, const std::string& kinds) {
            return call(
                add_webhook, {"--database", url, "--client", client, "--address", address, "--kinds", kinds}
            );
        };

        CHECK(add("https://127.0.0.1/hooks", "order.paid").code == refused);
        CHECK(
            add("https://127.0.0.1/hooks", "order.paid").error.find("not on the public internet") !=
            std::string::npos
        );
        CHECK(add("https://1.1.1.1/hooks", "order.lost").error == "webhooks.unknown_kind order.lost\n");
        CHECK(call(add_webhook, {"--database", url}).error == "--client is missing\n");
        CHECK(call(remove_webhook, {"--database", url, "--tenant", "4001"}).code == wrong_usage);
        CHECK(
            call(remove_webhook, {"--database", url, "--tenant", "4001", "nobody"}).error ==
            "webhooks.unknown \n"
        );
        const auto id = add("https://1.1.1.1/hooks", "order.paid").last_word();
        CHECK(call(remove_webhook, {"--database", url, "--tenant", "4021", id}).code == refused);
        CHECK(
            call(replay_webhook, {"--database", url, "--tenant", "4001", "--from", "x", id}).code == refused
        );
        CHECK(call(remove_webhook, {"--database", url, "--tenant", "4001", id}).code == done);
        CHECK(call(list_webhooks, {"--database", url}).out.empty());
    });
}
