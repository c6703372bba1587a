#include "process/runtime/runtime_fixture.hpp"

#include <latch>
#include <thread>

using namespace std::chrono_literals;

namespace {

runtime::Message paid(const std::string& key, const std::string& id = {})
{
    return {.name = "paid", .correlation_key = key, .variables = {{"amount", 1500}}, .id = id};
}

const runtime::Variables reference{{"reference", "AG-1"}};

}  // namespace

TEST_CASE("a message reaches the instance that waits for it, and no other")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_message()}});
        const auto id = fixture.start("one-message", "AG-1", reference);
        REQUIRE(fixture.complete(fixture.tasks().front()));
        REQUIRE(fixture.waiting().empty());

        REQUIRE(fixture.publish(paid("AG-2")));
        CHECK(fixture.waiting().empty());
        REQUIRE(fixture.publish(paid("AG-1")));
        CHECK(fixture.waiting() == "after");
        CHECK(feel::to_text(*fixture.variables(id).find("amount")) == "1500");
    });
}

TEST_CASE("a message that comes before anybody waits is kept, as long as it lives")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_message()}});
        fixture.start("one-message", "AG-1", reference);

        REQUIRE(fixture.publish(paid("AG-1")));
        REQUIRE(fixture.complete(fixture.tasks().front()));
        CHECK(fixture.waiting() == "after");
        REQUIRE(fixture.complete(fixture.tasks().front()));

        fixture.start("one-message", "AG-1", reference);
        auto brief = paid("AG-1");
        brief.time_to_live = 1min;
        REQUIRE(fixture.publish(brief));
        fixture.clock.advance(1min);
        fixture.engine.run_due();
        REQUIRE(fixture.complete(fixture.tasks().front()));
        CHECK(fixture.waiting().empty());
    });
}

TEST_CASE("13: a message of a known id is taken once")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_message()}});
        for (int number = 0; number < 2; ++number) {
            fixture.start("one-message", "AG-1", reference);
            REQUIRE(fixture.complete(fixture.tasks().front()));
        }

        CHECK(fixture.publish(paid("AG-1", "transaction-1")));
        CHECK(fixture.waiting() == "after");
        CHECK(
            reason(fixture.publish(paid("AG-1", "transaction-1"))) == "runtime.known_message transaction-1"
        );
        CHECK(fixture.waiting() == "after");
        REQUIRE(fixture.publish(paid("AG-1", "transaction-2")));
        CHECK(fixture.waiting() == "after after");
    });
}

TEST_CASE("a message reaches one instance of each process")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy(
            {{"a.bpmn", test_models::one_message("first")}, {"b.bpmn", test_models::one_message("second")}}
        );
        for (const auto* process : {"first", "first", "second"}) {
            fixture.start(process, "AG-1", reference);
            REQUIRE(fixture.complete(fixture.tasks().front()));
        }

        REQUIRE(fixture.publish(paid("AG-1")));

        REQUIRE(fixture.waiting() == "after after");
        CHECK(fixture.tasks()[0].process_id != fixture.tasks()[1].process_id);
    });
}

TEST_CASE("a message published while the process begins to wait for it is never lost")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_message()}});
        for (int round = 0; round < 10; ++round) {
            const auto key = "AG-" + std::to_string(round);
            const auto id = fixture.start("one-message", key, {{"reference", key}});
            const auto task = fixture.tasks({.instance = id}).front();
            std::latch both(2);
            {
                std::jthread publisher([&] {
                    both.arrive_and_wait();
                    REQUIRE(fixture.publish(paid(key)));
                });
                std::jthread clerk([&] {
                    both.arrive_and_wait();
                    static_cast<void>(fixture.complete(task));
                });
            }
            const auto waiting = fixture.tasks({.instance = id});
            REQUIRE(waiting.size() == 1);
            CHECK(waiting.front().element == "after");
        }
    });
}

TEST_CASE("a message starts an instance, one at a time for a key")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::started_by_message()}});
        const runtime::Message reported{
            .name = "reported", .correlation_key = "lamp 7", .variables = {{"lamp", 7}}};

        REQUIRE(fixture.publish(reported));
        REQUIRE(fixture.waiting() == "repair");
        CHECK(feel::to_text(*fixture.variables(fixture.tasks().front().instance).find("lamp")) == "7");
        REQUIRE(fixture.publish(reported));
        CHECK(fixture.waiting() == "repair");
        REQUIRE(fixture.publish({.name = "reported", .correlation_key = "lamp 8"}));
        CHECK(fixture.waiting() == "repair repair");

        // The second report of lamp 7 waited for the first to be over.
        REQUIRE(fixture.complete(fixture.tasks().front()));
        CHECK(fixture.waiting() == "repair repair");
    });
}

TEST_CASE("a signal reaches everybody who waits in this tenant")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_signal()}});
        const auto one = fixture.start("one-signal");
        const auto two = fixture.start("one-signal");
        fixture.tenant = {"4045"};
        const auto elsewhere = fixture.start("one-signal");
        fixture.tenant = {"4021"};

        auto transaction = fixture.database.begin(fixture.tenant);
        fixture.engine.broadcast_signal(transaction, "closed", {});
        transaction.commit();

        CHECK(fixture.is_completed(one));
        CHECK(fixture.is_completed(two));
        fixture.tenant = {"4045"};
        CHECK_FALSE(fixture.is_completed(elsewhere));
    });
}
