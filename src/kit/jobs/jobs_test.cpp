#include "base/random.hpp"
#include "kit/jobs/resources.hpp"
#include "kit/jobs/runner.hpp"
#include "kit/sql/database.hpp"
#include "testing/clock.hpp"
#include "testing/databases.hpp"

#include <doctest/doctest.h>

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using base::ErrorKind;
using jobs::Job;
using jobs::NewJob;
using jobs::Queue;
using jobs::Runner;

const base::TenantId baden{"4021"};
const base::TenantId wettingen{"4045"};

struct Fixture {
    explicit Fixture(sql::Database& with) : database(with) {}

    sql::Database& database;
    testing::TestClock clock = {};
    base::SystemRandom random = {};
    Queue queue{clock, random};
    std::mutex reports_mutex = {};
    std::vector<std::string> reports = {};
    Runner runner{
        database,
        queue,
        clock,
        {.lock_time = 60s,
         .report = [this](std::string_view kind, const jobs::JobId&, std::string_view message) {
             const std::lock_guard lock(reports_mutex);
             reports.push_back(std::string(kind) + ": " + std::string(message));
         }}};

    bool enqueue(const NewJob& job, const base::TenantId& tenant = baden)
    {
        auto transaction = database.begin(tenant);
        const bool is_new = queue.enqueue(transaction, job);
        transaction.commit();
        return is_new;
    }
};

void for_each(const std::function<void(Fixture&)>& test)
{
    testing::for_each_database({jobs::resources::migrations()}, [&](sql::Database& database) {
        Fixture fixture(database);
        test(fixture);
    });
}

}  // namespace

TEST_CASE("a job is done once, with its payload, for its tenant")
{
    for_each([](Fixture& fixture) {
        std::vector<std::string> done;
        fixture.runner.handle("greet", [&](const Job& job) -> base::Result<> {
            done.push_back(job.tenant.text + " " + std::string(job.payload.text_of("name")));
            return base::Done{};
        });
        fixture.enqueue({.kind = "greet", .payload = json::Object{{"name", "Anna"}}});

        CHECK(fixture.runner.run_due() == 1);
        CHECK(fixture.runner.run_due() == 0);
        CHECK(done == std::vector<std::string>{"4021 Anna"});
    });
}

TEST_CASE("a job of a transaction that was rolled back does not exist")
{
    for_each([](Fixture& fixture) {
        {
            auto transaction = fixture.database.begin(baden);
            fixture.queue.enqueue(transaction, {.kind = "greet"});
        }

        CHECK(fixture.runner.run_due() == 0);
    });
}

TEST_CASE("a job waits until it is due")
{
    for_each([](Fixture& fixture) {
        int done = 0;
        fixture.runner.handle("remind", [&](const Job&) -> base::Result<> {
            ++done;
            return base::Done{};
        });
        fixture.enqueue({.kind = "remind", .due = fixture.clock.now() + 1h});

        fixture.runner.run_due();
        CHECK(done == 0);
        fixture.clock.advance(1h);
        fixture.runner.run_due();
        CHECK(done == 1);
    });
}

TEST_CASE("a unique key keeps a second job away until the first is done")
{
    for_each([](Fixture& fixture) {
        fixture.runner.handle("sweep", [](const Job&) -> base::Result<> { return base::Done{}; });
        const NewJob sweep{.kind = "sweep", .unique_key = "today"};

        CHECK(fixture.enqueue(sweep));
        CHECK_FALSE(fixture.enqueue(sweep));
        CHECK(fixture.enqueue(sweep, wettingen));
        CHECK(fixture.runner.run_due() == 2);
        CHECK(fixture.enqueue(sweep));
    });
}

TEST_CASE(
    "a failed attempt is repeated later and later, under the same id, and then the job is dead and visible"
)
{
    for_each([](Fixture& fixture) {
        std::vector<std::string> ids;
        fixture.runner.handle("send", [&](const Job& job) -> base::Result<> {
            ids.push_back(job.id.text);
            if (job.attempt == 2)
                throw std::runtime_error("wires crossed");
            return base::fail(ErrorKind::unavailable, "mail.down", "no route");
        });
        fixture.enqueue({.kind = "send", .most_attempts = 3});

        fixture.runner.run_due();
        CHECK(fixture.runner.run_due() == 0);
        fixture.clock.advance(5s);
        CHECK(fixture.runner.run_due() == 1);
        fixture.clock.advance(9s);
        CHECK(fixture.runner.run_due() == 0);
        CHECK(fixture.runner.dead_jobs().empty());
        fixture.clock.advance(1s);
        CHECK(fixture.runner.run_due() == 1);

        REQUIRE(ids.size() == 3);
        CHECK(ids[0] == ids[2]);
        const auto dead = fixture.runner.dead_jobs();
        REQUIRE(dead.size() == 1);
        CHECK(dead[0].error == "mail.down no route");
        CHECK(
            fixture.reports ==
            std::vector<std::string>{"send: wires crossed", "send: given up: mail.down no route"}
        );
        fixture.clock.advance(24h);
        CHECK(fixture.runner.run_due() == 0);
    });
}

TEST_CASE("a dead job can be revived")
{
    for_each([](Fixture& fixture) {
        bool is_mended = false;
        fixture.runner.handle("send", [&](const Job&) -> base::Result<> {
            if (!is_mended)
                return base::fail(ErrorKind::unavailable, "mail.down");
            return base::Done{};
        });
        fixture.enqueue({.kind = "send", .most_attempts = 1});
        fixture.runner.run_due();
        const auto dead = fixture.runner.dead_jobs();
        REQUIRE(dead.size() == 1);

        is_mended = true;
        CHECK(fixture.runner.revive(dead[0].id));
        CHECK(fixture.runner.run_due() == 1);

        CHECK(fixture.runner.dead_jobs().empty());
        CHECK(fixture.runner.revive(dead[0].id).error().kind == ErrorKind::not_found);
    });
}

TEST_CASE("work in the job's own transaction is kept with the job's end, or not at all")
{
    for_each([](Fixture& fixture) {
        std::vector<NewJob> followers;
        bool may_succeed = false;
        fixture.runner.handle_in_transaction(
            "first",
            [&](sql::Transaction& transaction, const Job&) -> base::Result<> {
                fixture.queue.enqueue(transaction, {.kind = "second"});
                if (!may_succeed)
                    return base::fail(ErrorKind::conflict, "not yet");
                return base::Done{};
            }
        );
        int followed = 0;
        fixture.runner.handle("second", [&](const Job&) -> base::Result<> {
            ++followed;
            return base::Done{};
        });
        fixture.enqueue({.kind = "first"});

        fixture.runner.run_due();
        CHECK(followed == 0);
        may_succeed = true;
        fixture.clock.advance(5s);
        fixture.runner.run_due();
        CHECK(followed == 1);
    });
}

TEST_CASE("the job of a program that was killed is taken over when its lock runs out")
{
    for_each([](Fixture& fixture) {
        fixture.enqueue({.kind = "slow"});
        Runner other(fixture.database, fixture.queue, fixture.clock);
        int taken_over = 0;
        other.handle("slow", [&](const Job& job) -> base::Result<> {
            taken_over += job.attempt;
            return base::Done{};
        });
        fixture.runner.handle("slow", [&](const Job&) -> base::Result<> {
            CHECK(other.run_due() == 0);
            fixture.clock.advance(60s);
            CHECK(other.run_due() == 1);
            return base::Done{};
        });

        fixture.runner.run_due();

        CHECK(taken_over == 2);
        fixture.clock.advance(24h);
        CHECK(fixture.runner.run_due() == 0);
    });
}

TEST_CASE("a busy tenant does not keep another waiting")
{
    for_each([](Fixture& fixture) {
        std::string order;
        fixture.runner.handle("work", [&](const Job& job) -> base::Result<> {
            order += job.tenant == baden ? 'b' : 'w';
            return base::Done{};
        });
        for (int number = 0; number < 20; ++number)
            fixture.enqueue({.kind = "work"});
        fixture.enqueue({.kind = "work"}, wettingen);

        fixture.runner.run_due(3);

        CHECK(order.find('w') != std::string::npos);
        CHECK(fixture.runner.run_due() == 18);
    });
}

TEST_CASE("a job nobody knows how to do is repeated and reported, not lost")
{
    for_each([](Fixture& fixture) {
        fixture.enqueue({.kind = "unknown", .most_attempts = 1});

        fixture.runner.run_due();

        CHECK(fixture.runner.dead_jobs().size() == 1);
        CHECK_THROWS_AS(
            [&] {
                fixture.runner.handle("a", [](const Job&) -> base::Result<> { return base::Done{}; });
                fixture.runner.handle("a", [](const Job&) -> base::Result<> { return base::Done{}; });
            }(),
            std::logic_error
        );
    });
}

TEST_CASE("periodic work is done once per interval, however many programs there are")
{
    for_each([](Fixture& fixture) {
        Runner other(fixture.database, fixture.queue, fixture.clock);
        int done = 0;
        for (auto* runner : {&fixture.runner, &other})
            runner->every("sweep", 30s, [&] { ++done; });

        for (int look = 0; look < 3; ++look) {
            fixture.runner.run_due();
            other.run_due();
        }
        CHECK(done == 1);

        fixture.clock.advance(30s);
        other.run_due();
        fixture.runner.run_due();
        CHECK(done == 2);
    });
}

TEST_CASE("threads are woken by the commit that brings a job")
{
    for_each([](Fixture& fixture) {
        std::mutex mutex;
        std::condition_variable changed;
        int done = 0;
        fixture.runner.handle("work", [&](const Job&) -> base::Result<> {
            const std::lock_guard lock(mutex);
            ++done;
            changed.notify_one();
            return base::Done{};
        });
        fixture.runner.start(3);

        for (int number = 0; number < 20; ++number)
            fixture.enqueue({.kind = "work"});

        std::unique_lock lock(mutex);
        CHECK(changed.wait_for(lock, 20s, [&] { return done == 20; }));
        lock.unlock();
        fixture.runner.stop();
        CHECK(fixture.runner.run_due() == 0);
    });
}
