// Money that goes back, against Payrexx as the sandbox plays it, on both databases.
#include "platform/payments/till_fixture.hpp"

using namespace payments;
using namespace std::chrono_literals;

TEST_CASE("what is paid for an order that has ended goes back by itself")
{
    with_cashier([](Cashier& till) {
        const auto link = till.start().value();
        till.press(link, "pay");  // at the very moment in which the order ends
        {
            auto transaction = till.database.begin(aarau);
            till.payments.close(transaction, till.opened.id);
            transaction.commit();
        }

        till.let_news_arrive();
        till.runner.run_due();

        CHECK(till.payment().state == State::expired);
        CHECK(till.announced.empty());
        CHECK(till.refunded_at_provider() == 3000);
        CHECK(till.events("refunded") == 1);
    });
}

TEST_CASE("an ended order's payment page is withdrawn")
{
    with_cashier([](Cashier& till) {
        REQUIRE(till.start());
        {
            auto transaction = till.database.begin(aarau);
            till.payments.close(transaction, till.opened.id);
            till.payments.close(transaction, till.opened.id);
            transaction.commit();
        }

        till.runner.run_due();

        till.in_account([](auto&, sandbox::PayrexxInstance& account) { CHECK(account.gateways.empty()); });
        CHECK(till.payment().state == State::expired);
        CHECK(till.start().error().kind == base::ErrorKind::conflict);
    });
}

TEST_CASE("who pays twice on two pages gets the second payment back")
{
    with_cashier([](Cashier& till) {
        const auto first = till.start().value();
        till.clock.advance(56min);
        const auto second = till.start().value();

        till.press(first, "pay");
        till.press(second, "pay");
        till.let_news_arrive();
        till.runner.run_due();

        CHECK(till.payment().state == State::paid);
        CHECK(till.announced.size() == 1);
        CHECK(till.refunded_at_provider() == 3000);
    });
}

TEST_CASE("a refund happens once, however often it is asked for with one key")
{
    with_cashier([](Cashier& till) {
        till.press(till.start().value(), "pay");
        till.let_news_arrive();

        const auto first = till.payments.refund(aarau, till.opened.id, "job:1");
        const auto again = till.payments.refund(aarau, till.opened.id, "job:1");

        CHECK(first.value() == base::Money{3000, "CHF"});
        CHECK(again.value() == base::Money{3000, "CHF"});
        CHECK(till.refunded_at_provider() == 3000);
        CHECK(till.payment().state == State::refunded);
        CHECK(till.events("refunded") == 1);
        CHECK(till.payments.refund(aarau, till.opened.id, "job:2").value().minor == 0);
    });
}

TEST_CASE("a refund whose answer was lost is found in the provider's books, not asked for again")
{
    with_cashier([](Cashier& till) {
        till.press(till.start().value(), "pay");
        till.let_news_arrive();
        till.to_payrexx.loses_answers_to = "/refund";
        CHECK(
            till.payments.refund(aarau, till.opened.id, "job:1").error().kind == base::ErrorKind::unavailable
        );
        till.to_payrexx.loses_answers_to.reset();
        CHECK_FALSE(till.payments.refund(aarau, till.opened.id, "job:1"));  // too early to be sure

        till.clock.advance(2min);

        CHECK(till.payments.refund(aarau, till.opened.id, "job:1").value().minor == 3000);
        CHECK(till.refunded_at_provider() == 3000);
        CHECK(till.payment().state == State::refunded);
    });
}

TEST_CASE("a refund that the provider still works on is waited for")
{
    with_cashier([](Cashier& till) {
        till.press(till.start().value(), "pay");
        till.let_news_arrive();
        till.in_account([](auto&, sandbox::PayrexxInstance& account) { account.switches.refunds = "pending"; }
        );

        CHECK_FALSE(till.payments.refund(aarau, till.opened.id, "job:1"));
        till.let_news_arrive();
        CHECK(till.payment().state == State::refunding);
        till.in_account([](sandbox::PayrexxBooks& books, sandbox::PayrexxInstance& account) {
            books.settle(account, account.transactions.begin()->second);
        });
        till.clock.advance(2min);

        CHECK(till.payments.refund(aarau, till.opened.id, "job:1").value().minor == 3000);
        CHECK(till.refunded_at_provider() == 3000);
    });
}

TEST_CASE("a refund that the provider refuses goes to a person")
{
    with_cashier([](Cashier& till) {
        till.press(till.start().value(), "pay");
        till.let_news_arrive();
        till.in_account([](auto&, sandbox::PayrexxInstance& account) { account.switches.refunds = "refused"; }
        );

        const auto refused = till.payments.refund(aarau, till.opened.id, "job:1");

        CHECK(refused.error().kind == base::ErrorKind::conflict);
        CHECK(till.payment().state == State::manual);
    });
}

TEST_CASE("money paid back at the provider's back office, and disputes, are noticed")
{
    with_cashier([](Cashier& till) {
        till.press(till.start().value(), "pay");
        till.let_news_arrive();

        till.in_account([](sandbox::PayrexxBooks& books, sandbox::PayrexxInstance& account) {
            books.refund(account, account.transactions.begin()->second, 1000);
        });
        till.let_news_arrive();
        CHECK(till.payment().state == State::partly_refunded);

        till.in_account([](sandbox::PayrexxBooks& books, sandbox::PayrexxInstance& account) {
            books.refund(account, account.transactions.begin()->second, 1000);
        });
        till.let_news_arrive();
        CHECK(till.events("refunded") == 1);

        till.in_account([](sandbox::PayrexxBooks& books, sandbox::PayrexxInstance& account) {
            books.change(account, account.transactions.begin()->second, "chargeback");
        });
        till.let_news_arrive();
        CHECK(till.payment().state == State::manual);
    });
}
