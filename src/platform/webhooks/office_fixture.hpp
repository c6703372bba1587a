#pragma once

// For the tests of this room only: an office whose events are told, and subscribers that do as the test says.
#include "kit/jobs/queue.hpp"
#include "kit/jobs/resources.hpp"
#include "kit/jobs/runner.hpp"
#include "kit/sql/database.hpp"
#include "platform/clients/clients.hpp"
#include "platform/clients/resources.hpp"
#include "platform/webhooks/resources.hpp"
#include "platform/webhooks/webhooks.hpp"
#include "testing/databases.hpp"
#include "testing/fixed_clock.hpp"
#include "testing/repeatable_random.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace webhooks {

using namespace std::chrono_literals;

inline const base::TenantId aarau{"4001"};
inline const base::TenantId baden{"4021"};
inline const base::TenantId canton{"canton"};

// Those who are told: each takes what comes, or answers as the test wants.
class Subscribers final : public http::Client {
public:
    base::Result<http::Response> send(const http::ClientRequest& request) override
    {
        last = request;
        if (const auto act = std::exchange(during, {}))
            act();
        const auto body = json::parse(request.body).value();
        const auto answer = answers.find(request.url);
        if (answer != answers.end() && answer->second.status != 200)
            return answer->second;
        subjects[request.url].emplace_back(body.text_of("subject"));
        ids[request.url].emplace_back(body.text_of("id"));
        return http::empty(204);
    }

    std::map<std::string, http::Response> answers;
    std::map<std::string, std::vector<std::string>> subjects;
    std::map<std::string, std::vector<std::string>> ids;
    http::ClientRequest last;
    std::function<void()> during;  // the next delivery
};

inline const std::string dialog = "http://dialog/hooks";
inline const std::string other = "http://other/hooks";

struct Office {
    explicit Office(sql::Database& kept) : database(kept) { webhooks.register_jobs(runner); }

    std::string client_of(const base::TenantId& tenant)
    {
        return clients.add({tenant, "Dialog", {}}).client_id;
    }

    SubscriptionId
    subscribe(const base::TenantId& tenant, const std::string& address = dialog, Kinds kinds = {"order.paid"})
    {
        const auto added = webhooks.subscribe({client_of(tenant), address, std::move(kinds)});
        REQUIRE(added);
        return added->id;
    }

    void
    announce(const base::TenantId& tenant, const std::string& subject, const std::string& kind = "order.paid")
    {
        auto transaction = database.begin(tenant);
        webhooks.announce(transaction, {kind, subject, json::Object{{"authority", tenant.text}}});
        transaction.commit();
    }

    void work()
    {
        while (runner.run_due() > 0) {
        }
    }

    void pass(std::chrono::milliseconds time)
    {
        clock.advance(time);
        work();
    }

    Subscription shown(const base::TenantId& tenant, const SubscriptionId& id) const
    {
        return webhooks.find(tenant, id).value();
    }

    sql::Database& database;
    testing::FixedClock clock;
    testing::RepeatableRandom random;
    Subscribers subscribers;
    jobs::Queue queue{clock, random};
    jobs::Runner runner{database, queue, clock};
    clients::Clients clients{database, clock, random};
    std::vector<std::string> reports;
    Webhooks webhooks{
        {database,
         clock,
         random,
         subscribers,
         queue,
         clients,
         "https://schalter.example",
         Neighbourhood::private_too,
         std::chrono::days(30),
         [this](std::string_view what) { reports.emplace_back(what); }}};
};

inline void with_office(const std::function<void(Office&)>& test)
{
    testing::for_each_database(
        {jobs::resources::migrations(), clients::resources::migrations(), webhooks::resources::migrations()},
        [&](sql::Database& database) {
            Office office(database);
            test(office);
        }
    );
}

}  // namespace webhooks
