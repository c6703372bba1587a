#pragma once

// For the page tests: the whole portal without sockets, with the neighbours that the sandbox plays, and a
// mailbox. Nothing here waits: the test moves the clock.
#include "app/catalog_fixture.hpp"
#include "app/demo_data.hpp"
#include "app/portal.hpp"
#include "app/schema.hpp"
#include "app/settings.hpp"
#include "base/text.hpp"
#include "kit/crypto/sealer.hpp"
#include "kit/http/client.hpp"
#include "kit/http/incoming.hpp"
#include "kit/mail/sender.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"
#include "sandbox/payrexx.hpp"
#include "sandbox/portal_keys.hpp"
#include "sandbox/registers.hpp"
#include "testing/databases.hpp"
#include "testing/files.hpp"
#include "testing/fixed_clock.hpp"
#include "testing/repeatable_random.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace app {

using namespace std::chrono_literals;

// A request as a client would send it, read as the server reads it.
inline http::Request request_of(
    std::string_view method, std::string_view target, const http::Fields& headers, std::string_view body = {}
)
{
    std::string bytes = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\n";
    if (!http::find_field(headers, "Host"))
        bytes += "Host: portal\r\n";
    for (const auto& [name, value] : headers)
        bytes += name + ": " + value + "\r\n";
    if (!body.empty())
        bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    http::Incoming incoming({});
    incoming.append(bytes + "\r\n" + std::string(body));
    REQUIRE(incoming.advance() == http::Incoming::Progress::complete);
    auto request = incoming.take();
    request.remote_address = "198.51.100.7";
    return request;
}

// Carries what the portal asks to the neighbours, and what they send back to it.
class Wire final : public http::Client {
public:
    base::Result<http::Response> send(const http::ClientRequest& asked) override
    {
        const auto path = asked.url.find('/', asked.url.find("//") + 2);
        const auto host = asked.url.substr(0, path);
        const auto receiver = receivers.find(host);
        if (receiver == receivers.end() && beyond != nullptr)
            return beyond->send(asked);
        if (receiver == receivers.end())
            return base::fail(base::ErrorKind::unavailable, "http.unavailable", "no such host: " + host);
        const auto before = std::exchange(waited, 0s);  // of whom this receiver's receiver answers
        auto headers = asked.headers;
        headers.emplace_back("Host", host.substr(host.find("//") + 2));
        auto response = receiver->second(
            request_of(http::method_name(asked.method), asked.url.substr(path), headers, asked.body)
        );
        const auto took = std::exchange(waited, before);
        if (took > asked.timeout)
            return base::fail(base::ErrorKind::unavailable, "http.timeout", "timed out");
        return response;
    }

    std::map<std::string, std::function<http::Response(http::Request)>> receivers;
    http::Client* beyond = nullptr;  // asks who is not among them
    std::chrono::seconds waited{0};  // how long the receiver takes that is being asked
};

class Mailbox final : public mail::Sender {
public:
    base::Result<> send(const mail::Message& message) override
    {
        mails.push_back(message);
        return base::Done{};
    }

    std::vector<mail::Message> mails;
};

// The demo canton with its portal. Aarau is 4001, Baden 4021.
class Town {
public:
    explicit Town(sql::Database& kept) : database(kept)
    {
        wire.receivers["http://payrexx"] = [this](const http::Request& asked) {
            return payrexx.handle(asked);
        };
        wire.receivers["http://registers"] = [this](const http::Request& asked) {
            return registers.handle(asked);
        };
        wire.receivers["http://portal"] = [this](http::Request asked) { return portal->handle(asked); };
        const auto sealer = crypto::Sealer::from_keys(keys(), random).value();
        // One service is enough to offer; more only take time.
        load_demo(database, sealer, clock, random, {"hauptwohnsitzbescheinigung"}, "http://registers");
        restart();
    }

    // As after a crash: nothing is left but the database.
    void restart()
    {
        portal = std::make_unique<Portal>(
            database, settings, small_catalog(), World{clock, random, wire, mailbox}
        );
    }

    // Does whatever is due: webhooks, jobs, timers.
    void work()
    {
        for (std::size_t worked = 1, rounds = 0; worked > 0 && rounds < 100; ++rounds)
            worked = portal->run_due() + static_cast<std::size_t>(payrexx.deliver_due(wire));
    }

    void pass(std::chrono::milliseconds time)
    {
        clock.advance(time);
        work();
    }

    std::vector<mail::Message> mails_to(std::string_view address) const
    {
        std::vector<mail::Message> found;
        std::ranges::copy_if(mailbox.mails, std::back_inserter(found), [&](const mail::Message& mail) {
            return mail.to.address == address;
        });
        return found;
    }

    // What Aarau's account at Payrexx took and gave back, in Rappen.
    std::pair<std::int64_t, std::int64_t> taken_and_refunded()
    {
        return payrexx.with_books([](sandbox::PayrexxBooks& books) {
            std::pair<std::int64_t, std::int64_t> sums;
            for (const auto& [id, transaction] : books.find_instance("gemeinde-4001")->transactions) {
                if (transaction.status == "confirmed" || transaction.refunded > 0)
                    sums.first += transaction.amount;
                sums.second += transaction.refunded;
            }
            return sums;
        });
    }

    static std::string keys() { return "test:" + std::string(64, 'a'); }

    sql::Database& database;
    testing::FixedClock clock;
    testing::RepeatableRandom random;
    sandbox::Pages pages;
    sandbox::Payrexx payrexx{clock, random, pages, "http://portal"};
    Wire wire;
    sandbox::PortalKeys keys_of_portal{wire, clock, "http://portal"};
    sandbox::Registers registers{
        clock,
        [this](std::chrono::seconds wait) { wire.waited = wait; },
        [this](const http::Request& request) { return keys_of_portal.check(request); }};
    Mailbox mailbox;
    base::Settings settings = base::Settings::read(
                                  all_settings(),
                                  "server.public_address = http://portal\n"
                                  "payments.payrexx_address = http://payrexx\n"
                                  "payments.accept_test_payments = on\n"
                                  "mail.sender = schalter@aargau.example\n"
                                  "webhooks.private_addresses = on\n"
                                  "crypto.csrf_key = a-long-random-text-for-tests\n"
                                  "crypto.keys = " +
                                      keys() + "\n",
                                  {}
    )
                                  .value();
    std::unique_ptr<Portal> portal;
};

inline void with_town(const std::function<void(Town&)>& test)
{
    sql::Database database("sqlite::memory:");
    database.migrate(all_migrations());
    Town town(database);
    test(town);
}

}  // namespace app
