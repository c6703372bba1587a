#pragma once

// For the tests of this room only: payments at a till in Aarau, with Payrexx as the sandbox plays it.
#include "base/text.hpp"
#include "kit/crypto/hashing.hpp"
#include "kit/crypto/sealer.hpp"
#include "kit/jobs/queue.hpp"
#include "kit/jobs/resources.hpp"
#include "kit/jobs/runner.hpp"
#include "kit/sql/database.hpp"
#include "platform/cases/cases.hpp"
#include "platform/cases/resources.hpp"
#include "platform/payments/payment_api.hpp"
#include "platform/payments/payments.hpp"
#include "platform/payments/payrexx.hpp"
#include "platform/payments/resources.hpp"
#include "sandbox/payrexx.hpp"
#include "testing/databases.hpp"
#include "testing/fixed_clock.hpp"
#include "testing/repeatable_random.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace payments {

inline const base::TenantId aarau{"4001"};
inline const std::string back = "http://portal/vorgang/abc/zahlung";

// Both ways between the portal and Payrexx, with the faults that a network has.
class Wire final : public http::Client {
public:
    base::Result<http::Response> send(const http::ClientRequest& asked) override
    {
        if (before_call)
            before_call(asked);
        ++calls;
        http::Request request;
        request.method = asked.method;
        const auto path_start = asked.url.find('/', asked.url.find("//") + 2);
        request.target = asked.url.substr(path_start);
        const auto question = request.target.find('?');
        request.path = request.target.substr(0, question);
        if (request.path.size() > 1 && request.path.back() == '/')
            request.path.pop_back();
        if (question != std::string::npos)
            request.query = http::parse_form(request.target.substr(question + 1));
        for (const auto& [name, value] : asked.headers)
            request.headers.emplace_back(base::ascii_lower(name), value);
        request.body = asked.body;
        auto response = receiver(request);
        if (loses_answers_to && request.target.find(*loses_answers_to) != std::string::npos &&
            asked.method == http::Method::post)
            return base::fail(base::ErrorKind::unavailable, "http.timeout", "timed out");
        return response;
    }

    std::function<http::Response(const http::Request&)> receiver;
    std::function<void(const http::ClientRequest&)> before_call;
    std::optional<std::string> loses_answers_to;  // the other side acts, but its answer never arrives
    int calls = 0;
};

struct Cashier {
    explicit Cashier(sql::Database& kept) : database(kept)
    {
        to_payrexx.receiver = [this](const http::Request& request) { return sandbox.handle(request); };
        to_portal.receiver = [this](http::Request request) { return router.handle(request); };
        payments.register_jobs(runner);
        auto transaction = database.begin(aarau);
        payments.set_account(transaction, {"gemeinde-4001", "demo-api-4001", "demo-signing-4001"});
        transaction.commit();
        order();
    }

    void order()
    {
        auto transaction = database.begin(aarau);
        cases::NewCase wanted;
        wanted.service_id = "hauptwohnsitzbescheinigung";
        wanted.answers = json::Object{{"person.last_name", "Keller"}};
        wanted.email = "anna@example.org";
        wanted.date_of_birth = "1984-03-12";
        wanted.order_key = "draft";
        opened = cases.open(transaction, wanted).opened_case;
        payments.open(transaction, demand());
        transaction.commit();
    }

    NewPayment demand() const
    {
        return {opened.id, opened.reference, {3000, "CHF"}, "Hauptwohnsitzbescheinigung", html::Language::de};
    }

    Payment payment()
    {
        auto reads = database.begin_read(aarau);
        return payments.of_case(reads, opened.id).value();
    }

    base::Result<std::string> start() { return payments.start(aarau, opened.id, back); }

    void press(const std::string& link, const std::string& action)
    {
        http::Request request;
        request.method = http::Method::post;
        request.path = "/bezahlen";
        request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
        request.body = "payment=" + link.substr(link.find('=') + 1) + "&method=twint&action=" + action;
        REQUIRE(sandbox.handle(request).status == 303);
    }

    // Webhooks arrive, and what they cause is done.
    void let_news_arrive()
    {
        sandbox.deliver_due(to_portal);
        runner.run_due();
    }

    template <class Change>
    void in_account(Change change)
    {
        sandbox.with_books([&](sandbox::PayrexxBooks& books) {
            change(books, *books.find_instance("gemeinde-4001"));
            return true;
        });
    }

    std::int64_t refunded_at_provider()
    {
        std::int64_t sum = 0;
        in_account([&](auto&, sandbox::PayrexxInstance& account) {
            for (const auto& [id, transaction] : account.transactions)
                sum += transaction.refunded;
        });
        return sum;
    }

    http::Response deliver(const std::string& body, const std::string& signature)
    {
        http::Request request;
        request.method = http::Method::post;
        request.path = "/zahlung/payrexx/4001";
        request.headers = {{"x-webhook-signature", signature}, {"content-type", "application/json"}};
        request.body = body;
        return router.handle(request);
    }

    int events(std::string_view kind)
    {
        auto reads = database.begin_read(aarau);
        const auto history = cases.history(reads, opened.id);
        return static_cast<int>(std::ranges::count(history, kind, &cases::Event::kind));
    }

    sql::Database& database;
    testing::FixedClock clock;
    testing::RepeatableRandom random;
    crypto::Sealer sealer = crypto::Sealer::from_keys("test:" + std::string(64, 'a'), random).value();
    sandbox::Pages pages;
    sandbox::Payrexx sandbox{clock, random, pages, "http://portal"};
    Wire to_payrexx;
    Wire to_portal;
    cases::Cases cases{clock, random, sealer};
    jobs::Queue queue{clock, random};
    jobs::Runner runner{database, queue, clock};
    Payrexx provider{to_payrexx, clock, {.address = "http://payrexx"}};
    std::vector<std::string> announced;
    Payments payments{Parts{
        database,
        clock,
        random,
        sealer,
        provider,
        queue,
        cases,
        [this](sql::Transaction&, const Payment& paid, std::string_view) {
            announced.push_back(paid.reference);
        },
        Rules{},
    }};
    http::Router router{routes(payments)};
    cases::Case opened;
};

inline void with_cashier(const std::function<void(Cashier&)>& test)
{
    testing::for_each_database(
        {jobs::resources::migrations(), cases::resources::migrations(), payments::resources::migrations()},
        [&](sql::Database& database) {
            Cashier cashier(database);
            test(cashier);
        }
    );
}

}  // namespace payments
