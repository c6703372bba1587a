// Paying, against Payrexx as the sandbox plays it, on both databases.
#include "platform/payments/till_fixture.hpp"

using namespace payments;
using namespace std::chrono_literals;

TEST_CASE("who pays on the provider's page has paid, and the process hears of it once")
{
    with_cashier([](Cashier& till) {
        const auto link = till.start();
        REQUIRE(link);
        CHECK(till.payment().state == State::pending);

        till.press(*link, "pay");
        CHECK(till.payment().state == State::pending);  // nobody but the provider has said so yet
        till.let_news_arrive();

        CHECK(till.payment().state == State::paid);
        CHECK(till.payment().method == "twint");
        CHECK(till.announced == std::vector{till.opened.reference});
        CHECK(till.events("paid") == 1);
    });
}

TEST_CASE("opening a payment twice gives the first")
{
    with_cashier([](Cashier& till) {
        auto wanted = till.demand();
        wanted.amount.minor = 1;
        auto transaction = till.database.begin(aarau);

        const auto again = till.payments.open(transaction, wanted);

        CHECK(again.id == till.payment().id);
        CHECK(again.amount.minor == 3000);
    });
}

TEST_CASE("a link that is still good is given again, one that runs out is not")
{
    with_cashier([](Cashier& till) {
        const auto first = till.start();

        CHECK(till.start().value() == first.value());
        till.clock.advance(56min);
        CHECK(till.start().value() != first.value());
    });
}

TEST_CASE("only payment means that the account has are offered")
{
    with_cashier([](Cashier& till) {
        till.in_account([](auto&, sandbox::PayrexxInstance& account) {
            account.methods = {"paypal", "visa"};
        });

        REQUIRE(till.start());

        till.in_account([](auto&, sandbox::PayrexxInstance& account) {
            CHECK(account.gateways.begin()->second.methods == std::vector<std::string>{"visa"});
        });
    });
}

TEST_CASE("a forged message changes nothing and asks nobody")
{
    with_cashier([](Cashier& till) {
        REQUIRE(till.start());
        const std::string body = R"({"transaction":{"id":54000001,"uuid":"a1","status":"confirmed"}})";
        const int calls = till.to_payrexx.calls;

        CHECK(till.deliver(body, "").status == 403);
        CHECK(till.deliver(body, crypto::hmac_sha256_hex("guessed", body)).status == 403);
        till.runner.run_due();

        CHECK(till.to_payrexx.calls == calls);
        CHECK(till.payment().state == State::pending);
    });
}

TEST_CASE("a signed message that claims a payment is not believed, but looked into")
{
    with_cashier([](Cashier& till) {
        till.press(till.start().value(), "decline");
        std::string body;
        till.in_account([&](auto&, sandbox::PayrexxInstance& account) {
            const auto& [id, transaction] = *account.transactions.begin();
            body = R"({"transaction":{"id":)" + std::to_string(id) + R"(,"uuid":")" + transaction.uuid +
                   R"(","status":"confirmed","amount":3000}})";
        });

        CHECK(till.deliver(body, crypto::hmac_sha256_hex("demo-signing-4001", body)).status == 204);
        till.runner.run_due();

        CHECK(till.payment().state == State::open);
        CHECK(till.announced.empty());
    });
}

TEST_CASE("an unreadable signed message is refused")
{
    with_cashier([](Cashier& till) {
        for (const std::string body :
             {"{", "{}", R"({"transaction":{"id":"x"}})", "transaction%5Bid%5D=x%2Fy"})
            CHECK(till.deliver(body, crypto::hmac_sha256_hex("demo-signing-4001", body)).status == 422);
    });
}

TEST_CASE("messages that come doubled, swapped and as forms are all the same to us")
{
    with_cashier([](Cashier& till) {
        till.in_account([](auto&, sandbox::PayrexxInstance& account) {
            account.switches.duplicates = 2;
            account.switches.reorder = true;
            account.switches.webhook = "form";
        });
        till.press(till.start().value(), "pay");

        till.let_news_arrive();
        till.clock.advance(3s);
        till.let_news_arrive();

        CHECK(till.payment().state == State::paid);
        CHECK(till.announced.size() == 1);
        CHECK(till.events("paid") == 1);
    });
}

TEST_CASE("a payment of which no message ever arrived is found by the sweep")
{
    with_cashier([](Cashier& till) {
        till.in_account([](auto&, sandbox::PayrexxInstance& account) { account.switches.lose = true; });
        till.press(till.start().value(), "pay");
        till.let_news_arrive();
        CHECK(till.payments.sweep() == 0);

        till.clock.advance(2min);

        CHECK(till.payments.sweep() == 1);
        CHECK(till.payment().state == State::paid);
        CHECK(till.announced.size() == 1);
        till.clock.advance(48h);
        CHECK(till.payments.sweep() == 0);  // nothing more can happen there
    });
}

TEST_CASE("the sweep comes back when the provider did not answer")
{
    with_cashier([](Cashier& till) {
        till.press(till.start().value(), "pay");
        till.in_account([](auto&, sandbox::PayrexxInstance& account) { account.switches.api = "down"; });
        till.clock.advance(2min);
        till.payments.sweep();
        CHECK(till.payment().state == State::pending);

        till.in_account([](auto&, sandbox::PayrexxInstance& account) { account.switches.api = "ok"; });
        till.clock.advance(10min);
        till.payments.sweep();

        CHECK(till.payment().state == State::paid);
    });
}

TEST_CASE("a program that is killed while it follows up a message does so after its next start")
{
    with_cashier([](Cashier& till) {
        till.press(till.start().value(), "pay");
        till.sandbox.deliver_due(till.to_portal);
        till.to_payrexx.before_call = [](const http::ClientRequest&) { throw std::runtime_error("killed"); };
        till.runner.run_due();
        CHECK(till.payment().state == State::pending);

        till.to_payrexx.before_call = {};
        till.clock.advance(1min);
        till.runner.run_due();

        CHECK(till.payment().state == State::paid);
        CHECK(till.announced.size() == 1);
    });
}

TEST_CASE("after a declined or cancelled attempt the resident may try again and then has paid")
{
    with_cashier([](Cashier& till) {
        till.press(till.start().value(), "decline");
        till.let_news_arrive();
        CHECK(till.payment().state == State::open);
        CHECK(till.payment().failed_attempt == Progress::declined);
        CHECK(till.events("payment_failed") == 1);

        till.press(till.start().value(), "cancel");
        till.let_news_arrive();
        CHECK(till.payment().failed_attempt == Progress::cancelled);

        till.press(till.start().value(), "pay");
        till.let_news_arrive();
        CHECK(till.payment().state == State::paid);
        CHECK_FALSE(till.payment().failed_attempt);
    });
}

TEST_CASE("another amount than was owed goes to a person and is never taken as paid")
{
    with_cashier([](Cashier& till) {
        const auto link = till.start().value();
        till.in_account([](auto&, sandbox::PayrexxInstance& account) {
            account.gateways.begin()->second.amount = 2999;
        });

        till.press(link, "pay");
        till.let_news_arrive();

        CHECK(till.payment().state == State::manual);
        CHECK(till.payment().manual_note.find("owed 3000 CHF, arrived 2999 CHF") != std::string::npos);
        CHECK(till.announced.empty());
        CHECK(till.events("incident") == 1);
    });
}

TEST_CASE("a payment in test mode is not money")
{
    with_cashier([](Cashier& till) {
        till.in_account([](auto&, sandbox::PayrexxInstance& account) { account.switches.mode = "TEST"; });

        till.press(till.start().value(), "pay");
        till.let_news_arrive();

        CHECK(till.payment().state == State::manual);
    });
}

TEST_CASE("a page whose restriction to our payment means was dropped is not used")
{
    with_cashier([](Cashier& till) {
        till.to_payrexx.receiver = [&](http::Request request) {
            if (const auto at = request.body.find("pm%5B0%5D"); at != std::string::npos)
                request.body.replace(at, 9, "pm");
            return till.sandbox.handle(request);
        };

        const auto refused = till.start();

        CHECK_FALSE(refused);
        till.in_account([](auto&, sandbox::PayrexxInstance& account) { CHECK(account.gateways.empty()); });
        CHECK(till.payment().state == State::open);
    });
}

TEST_CASE("when the firewall in front of the provider blocks us, the resident may try later")
{
    with_cashier([](Cashier& till) {
        till.in_account([](auto&, sandbox::PayrexxInstance& account) { account.switches.api = "blocked"; });

        const auto refused = till.start();

        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == base::ErrorKind::unavailable);
        till.in_account([](auto&, sandbox::PayrexxInstance& account) { account.switches.api = "ok"; });
        CHECK(till.start());
    });
}

TEST_CASE("a page whose answer was lost is never shown, and the order is paid on the next one")
{
    with_cashier([](Cashier& till) {
        till.to_payrexx.loses_answers_to = "/Gateway";
        CHECK_FALSE(till.start());
        till.to_payrexx.loses_answers_to.reset();

        till.press(till.start().value(), "pay");
        till.let_news_arrive();

        till.in_account([](auto&, sandbox::PayrexxInstance& account) { CHECK(account.gateways.size() == 2); }
        );
        CHECK(till.payment().state == State::paid);
    });
}

TEST_CASE("an order that costs nothing is paid from the start")
{
    with_cashier([](Cashier& till) {
        auto transaction = till.database.begin(aarau);
        auto wanted = till.demand();
        wanted.case_id = {"another"};
        wanted.reference = "AG-4001-FREE-FREE";
        wanted.amount.minor = 0;

        const auto free = till.payments.open(transaction, wanted);

        CHECK(free.state == State::paid);
        CHECK(till.announced == std::vector<std::string>{"AG-4001-FREE-FREE"});
    });
}

TEST_CASE("a tenant does not see another's payment, nor take its messages")
{
    with_cashier([](Cashier& till) {
        const base::TenantId baden{"4021"};
        auto reads = till.database.begin_read(baden);
        CHECK_FALSE(till.payments.of_case(reads, till.opened.id));
        {
            auto end = std::move(reads);
        }

        CHECK(till.payments.start(baden, till.opened.id, back).error().kind == base::ErrorKind::not_found);
        CHECK(till.payments.take_webhook(baden, "{}", "").error().kind == base::ErrorKind::forbidden);
    });
}
