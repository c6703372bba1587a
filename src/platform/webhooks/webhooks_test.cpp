// Events and who is told of them, on both databases.
#include "platform/webhooks/office_fixture.hpp"

#include <stdexcept>

using namespace webhooks;

TEST_CASE("what happens is told once, in order, to those who subscribed to it")
{
    with_office([](Office& office) {
        office.subscribe(aarau);
        office.subscribe(aarau, other, {"order.completed"});

        for (const auto* subject : {"AG-1", "AG-2", "AG-3"})
            office.announce(aarau, subject);
        office.announce(aarau, "AG-1", "order.completed");
        office.work();
        office.pass(24h);

        CHECK(office.subscribers.subjects[dialog] == std::vector<std::string>{"AG-1", "AG-2", "AG-3"});
        CHECK(office.subscribers.subjects[other] == std::vector<std::string>{"AG-1"});
    });
}

TEST_CASE("an event is a CloudEvent with its id as idempotency key")
{
    with_office([](Office& office) {
        office.subscribe(aarau);
        office.announce(aarau, "AG-1");
        office.work();

        const auto& request = office.subscribers.last;
        const auto event = json::parse(request.body).value();

        CHECK(http::find_field(request.headers, "Content-Type") == "application/cloudevents+json");
        CHECK(http::find_field(request.headers, "Idempotency-Key") == event.text_of("id"));
        CHECK(event.text_of("specversion") == "1.0");
        CHECK(event.text_of("type") == "order.paid");
        CHECK(event.text_of("source") == "https://schalter.example/4001");
        CHECK(event.text_of("time") == "2030-05-06T12:00:00Z");
        CHECK(event.find("data")->text_of("authority") == "4001");
    });
}

TEST_CASE("a transaction that is rolled back has told nobody anything")
{
    with_office([](Office& office) {
        office.subscribe(aarau);
        {
            auto transaction = office.database.begin(aarau);
            office.webhooks.announce(transaction, {"order.paid", "AG-1", {}});
        }
        office.work();

        CHECK(office.subscribers.subjects[dialog].empty());
        CHECK(office.webhooks.events_after(aarau, {}).empty());
    });
}

TEST_CASE("an authority hears of its own events only, the canton of all")
{
    with_office([](Office& office) {
        office.subscribe(aarau);
        office.subscribe(baden, other);
        office.subscribe(canton, "http://canton/hooks");

        office.announce(aarau, "AG-A");
        office.announce(baden, "AG-B");
        office.work();

        CHECK(office.subscribers.subjects[dialog] == std::vector<std::string>{"AG-A"});
        CHECK(office.subscribers.subjects[other] == std::vector<std::string>{"AG-B"});
        CHECK(office.subscribers.subjects["http://canton/hooks"] == std::vector<std::string>{"AG-A", "AG-B"});
        CHECK(office.webhooks.events_after(aarau, {}).size() == 1);
        CHECK(office.webhooks.events_after(canton, {}).size() == 2);
        CHECK(office.webhooks.list(aarau).size() == 1);
        CHECK(office.webhooks.list_all().size() == 3);
    });
}

TEST_CASE("nobody touches the subscriptions and events of another authority")
{
    with_office([](Office& office) {
        const auto id = office.subscribe(baden);
        office.announce(aarau, "AG-A");
        const auto event = office.webhooks.events_after(aarau, {}).front().id;

        CHECK_FALSE(office.webhooks.find(aarau, id));
        CHECK_FALSE(office.webhooks.remove(aarau, id));
        CHECK_FALSE(office.webhooks.replay_from(aarau, id, event));
        CHECK(office.webhooks.replay_from(baden, id, event).error().message_key == "webhooks.unknown_event");
        CHECK(office.webhooks.list(baden).size() == 1);
    });
}

TEST_CASE("a subscriber that is down gets everything later, in order")
{
    with_office([](Office& office) {
        const auto id = office.subscribe(aarau);
        office.subscribers.answers[dialog] = http::empty(503);
        office.announce(aarau, "AG-1");
        office.announce(aarau, "AG-2");
        office.work();
        CHECK(office.shown(aarau, id).waiting == 2);
        CHECK(office.shown(aarau, id).condition.last_error == "answered 503");

        office.subscribers.answers.clear();
        office.work();
        CHECK(office.subscribers.subjects[dialog].empty());  // not before the pause is over
        office.pass(5s);

        CHECK(office.subscribers.subjects[dialog] == std::vector<std::string>{"AG-1", "AG-2"});
        CHECK(office.shown(aarau, id).waiting == 0);
        CHECK(office.shown(aarau, id).condition.failures == 0);
    });
}

TEST_CASE("who takes nothing for a day is failing, which the operator is told once, and mends by itself")
{
    with_office([](Office& office) {
        const auto id = office.subscribe(aarau);
        office.subscribers.answers[dialog] = http::empty(500);
        office.announce(aarau, "AG-1");
        for (int hour = 0; hour < 40; ++hour)
            office.pass(1h);
        CHECK(office.shown(aarau, id).condition.state == State::failing);
        CHECK(office.reports.size() == 1);

        office.subscribers.answers.clear();
        office.announce(aarau, "AG-2");
        office.pass(6h);

        CHECK(office.subscribers.subjects[dialog] == std::vector<std::string>{"AG-1", "AG-2"});
        CHECK(office.shown(aarau, id).condition.state == State::active);
    });
}

TEST_CASE("events can be had again from any one on, under the same ids, at once even after failures")
{
    with_office([](Office& office) {
        const auto id = office.subscribe(aarau);
        for (const auto* subject : {"AG-1", "AG-2", "AG-3"})
            office.announce(aarau, subject);
        office.announce(aarau, "AG-3", "order.completed");
        office.work();
        const auto first = office.subscribers.ids[dialog];
        office.subscribers.answers[dialog] = http::empty(500);
        office.announce(aarau, "AG-4");
        office.work();
        office.subscribers.answers.clear();

        const auto replayed = office.webhooks.replay_from(aarau, id, {first[1]});
        office.work();

        CHECK(replayed.value_or(0) == 2);
        CHECK(
            office.subscribers.subjects[dialog] ==
            std::vector<std::string>{"AG-1", "AG-2", "AG-3", "AG-2", "AG-3", "AG-4"}
        );
        CHECK(office.subscribers.ids[dialog][3] == first[1]);
        CHECK(office.subscribers.ids[dialog][4] == first[2]);
    });
}

TEST_CASE("more events than fit into one job all arrive")
{
    with_office([](Office& office) {
        office.subscribe(aarau);
        auto transaction = office.database.begin(aarau);
        for (int event = 0; event < 30; ++event)
            office.webhooks.announce(transaction, {"order.paid", "AG-" + std::to_string(100 + event), {}});
        transaction.commit();

        office.work();

        const auto& subjects = office.subscribers.subjects[dialog];
        CHECK(subjects.size() == 30);
        CHECK(std::ranges::is_sorted(subjects));
    });
}

TEST_CASE("while one delivery is under way nobody else delivers the same event")
{
    with_office([](Office& office) {
        const auto id = office.subscribe(aarau);
        office.announce(aarau, "AG-1");
        office.subscribers.during = [&] { office.webhooks.deliver(aarau, id); };

        office.work();

        CHECK(office.subscribers.subjects[dialog].size() == 1);
    });
}

TEST_CASE("a delivery whose program was killed is taken over when its lease has run out")
{
    with_office([](Office& office) {
        const auto id = office.subscribe(aarau);
        office.announce(aarau, "AG-1");
        office.subscribers.during = [] { throw std::runtime_error("killed"); };
        office.work();
        CHECK(office.subscribers.subjects[dialog].empty());

        office.pass(1min);
        office.pass(1min);

        CHECK(office.subscribers.subjects[dialog].size() == 1);
        CHECK(office.shown(aarau, id).waiting == 0);
    });
}

TEST_CASE("after the end of a subscription, or of its client, nothing comes any more")
{
    with_office([](Office& office) {
        const auto id = office.subscribe(aarau);
        const auto client = office.client_of(aarau);
        REQUIRE(office.webhooks.subscribe({client, other, {"order.paid"}}));
        office.announce(aarau, "AG-1");

        REQUIRE(office.webhooks.remove(aarau, id));
        REQUIRE(office.clients.switch_off(client));
        office.work();
        office.announce(aarau, "AG-2");
        office.pass(24h);

        CHECK(office.subscribers.subjects.empty());
        CHECK(office.webhooks.list(aarau).empty());
        CHECK(office.webhooks.events_after(aarau, {}).size() == 2);
    });
}

TEST_CASE("events are listed from a time and behind an id, and go after thirty days")
{
    with_office([](Office& office) {
        office.announce(aarau, "AG-1");
        office.clock.advance(1h);
        const auto later = office.clock.now();
        office.announce(aarau, "AG-2");
        office.announce(aarau, "AG-3");

        const auto since = office.webhooks.events_since(aarau, later);
        REQUIRE(since.size() == 2);
        CHECK(since.front().subject == "AG-2");
        CHECK(office.webhooks.events_after(aarau, since.front().id).front().subject == "AG-3");
        CHECK(office.webhooks.events_since(aarau, {}, 1).size() == 1);

        const auto id = office.subscribe(aarau);
        REQUIRE(office.webhooks.replay_from(aarau, id, since.front().id));
        office.clock.advance(std::chrono::days(30) - 30min);
        office.webhooks.purge();
        office.webhooks.purge();
        CHECK(office.webhooks.events_since(aarau, {}).size() == 2);
        office.clock.advance(1h);
        office.webhooks.purge();
        CHECK(office.webhooks.events_since(aarau, {}).empty());
        CHECK(office.shown(aarau, id).waiting == 0);
    });
}

TEST_CASE("a subscription that makes no sense is refused with the reason")
{
    with_office([](Office& office) {
        const auto client = office.client_of(aarau);
        const auto why = [&](const NewSubscription& wanted) {
            const auto added = office.webhooks.subscribe(wanted);
            return added ? "" : added.error().message_key;
        };

        CHECK(why({"nobody", dialog, {"order.paid"}}) == "webhooks.unknown_client");
        CHECK(why({client, dialog, {}}) == "webhooks.no_kinds");
        CHECK(why({client, dialog, {"order.stolen"}}) == "webhooks.unknown_kind");
        CHECK(why({client, "dialog/hooks", {"order.paid"}}) == "webhooks.bad_address");
        CHECK(why({client, "http://" + std::string(1000, 'a'), {"order.paid"}}) == "webhooks.bad_address");
        for (int count = 0; count < 50; ++count)
            CHECK(why({client, dialog, {"order.paid"}}).empty());
        CHECK(why({client, dialog, {"order.paid"}}) == "webhooks.too_many");
        auto transaction = office.database.begin(aarau);
        CHECK_THROWS_AS(
            office.webhooks.announce(transaction, {"order.stolen", "AG-1", {}}), std::logic_error
        );
    });
}
