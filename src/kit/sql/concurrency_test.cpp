#include "testing/databases.hpp"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <latch>
#include <thread>
#include <vector>

namespace {

using sql::Database;
using sql::Statement;

const base::TenantId baden{"baden"};

constexpr std::array<sql::Migration, 1> tables{
    {{"counters",
      "0001_create_counters",
      "CREATE TABLE counters (tenant_id TEXT NOT NULL, id TEXT NOT NULL, value BIGINT NOT NULL CHECK (value < 1000),"
      " PRIMARY KEY (tenant_id, id));\n"
      "INSERT INTO counters VALUES ('baden', 'a', 0);\n",
      ""}}};

constexpr Statement increase{
    "UPDATE counters SET value = value + :by WHERE tenant_id = :tenant_id AND id = 'a'"};
constexpr Statement read_value{"SELECT value FROM counters WHERE tenant_id = :tenant_id AND id = 'a'"};

void add(sql::Transaction& transaction, std::int64_t by)
{
    transaction.execute_one(increase, {{"tenant_id", "baden"}, {"by", by}});
}

// Waits for the answer, so that the transaction has begun in the database.
void add_at_once(sql::Transaction& transaction, std::int64_t by)
{
    const auto changed = transaction.execute(increase, {{"tenant_id", "baden"}, {"by", by}});
    CHECK(changed == 1);
}

std::int64_t value_in(Database& database)
{
    auto transaction = database.begin_read(baden);
    return *transaction.first(read_value, {{"tenant_id", "baden"}}, [](const sql::Row& row) {
        return row.integer(0);
    });
}

void in_threads(int threads, const std::function<void(int)>& work)
{
    std::latch start(threads);
    std::vector<std::jthread> running;
    for (int number = 0; number < threads; ++number)
        running.emplace_back([&, number] {
            start.arrive_and_wait();
            work(number);
        });
}

// With PostgreSQL, and a way to cut all connections to it.
void with_cuts(const std::function<void(Database& database, const std::function<void()>& cut)>& test)
{
    testing::for_each_database_url([&](const std::string& plain_url) {
        if (!plain_url.starts_with("postgresql:"))
            return;
        // Only this test's connections: others use the server at the same time.
        Database database(plain_url + "&application_name=cut");
        database.migrate(tables);
        constexpr Statement cut_all{"SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
                                    " WHERE application_name = 'cut'"};
        test(database, [&] {
            Database other(plain_url);
            other.begin_across_tenants().query(cut_all, {}, [](const sql::Row&) {});
        });
    });
}

}  // namespace

TEST_CASE("writers side by side lose nothing, and each sees its own commit at once")
{
    testing::for_each_database({tables}, [](Database& database) {
        std::atomic<int> too_early = 0;

        in_threads(16, [&](int) {
            for (int round = 0; round < 10; ++round) {
                const auto before = value_in(database);
                database.write(baden, [](sql::Transaction& transaction) { add(transaction, 1); });
                if (value_in(database) <= before)
                    ++too_early;
            }
        });

        CHECK(value_in(database) == 160);
        CHECK(too_early == 0);
    });
}

TEST_CASE("who rolls back or fails takes nobody along")
{
    testing::for_each_database({tables}, [](Database& database) {
        in_threads(12, [&](int number) {
            for (int round = 0; round < 10; ++round) {
                auto transaction = database.begin(baden);
                add(transaction, 1);
                if (number % 3 == 1)
                    continue;
                if (number % 3 == 2) {
                    // Not CHECK_THROWS: doctest's checks are for one thread.
                    try {
                        add(transaction, 5000);
                        transaction.commit();
                    } catch (const sql::ConstraintError&) {
                        continue;
                    }
                }
                transaction.commit();
            }
        });

        CHECK(value_in(database) == 40);
    });
}

TEST_CASE("readers do not wait for a writer")
{
    testing::for_each_database({tables}, [](Database& database) {
        auto writer = database.begin(baden);
        REQUIRE(writer.execute(increase, {{"tenant_id", "baden"}, {"by", std::int64_t{1}}}) == 1);
        std::int64_t seen = -1;

        in_threads(1, [&](int) { seen = value_in(database); });

        CHECK(seen == 0);
    });
}

TEST_CASE("a second writer begun in the same thread is refused on SQLite instead of waiting for ever")
{
    Database database("sqlite::memory:");
    database.migrate(tables);
    auto first = database.begin(baden);

    CHECK_THROWS_AS(database.begin(baden), std::logic_error);

    add(first, 1);
    first.commit();
    CHECK(value_in(database) == 1);
}

TEST_CASE("more writers than connections wait for their turn")
{
    testing::for_each_database_url([](const std::string& url) {
        Database database(url, {.connections = 2});
        database.migrate(tables);

        in_threads(8, [&](int) {
            database.write(baden, [](sql::Transaction& transaction) { add(transaction, 1); });
        });

        CHECK(value_in(database) == 8);
    });
}

TEST_CASE("a connection the server has cut is replaced, and the transaction on it is lost with an error")
{
    with_cuts([](Database& database, const std::function<void()>& cut) {
        auto lost = database.begin(baden);
        add_at_once(lost, 1);
        cut();
        CHECK_THROWS_AS(add_at_once(lost, 1), sql::ConnectionError);

        CHECK(value_in(database) == 0);
        cut();
        CHECK(value_in(database) == 0);
    });
}

TEST_CASE("who loses the connection while committing is told that nobody knows how it ended")
{
    with_cuts([](Database& database, const std::function<void()>& cut) {
        int attempts = 0;

        const auto write = [&] {
            database.write(baden, [&](sql::Transaction& transaction) {
                ++attempts;
                add_at_once(transaction, 1);
                cut();
            });
        };

        CHECK_THROWS_AS(write(), sql::OutcomeUnknown);
        CHECK(attempts == 1);
    });
}

TEST_CASE("work whose connection was cut is done again on another one")
{
    with_cuts([](Database& database, const std::function<void()>& cut) {
        int attempts = 0;

        database.write(baden, [&](sql::Transaction& transaction) {
            add_at_once(transaction, 1);
            if (++attempts == 1)
                cut();
            add_at_once(transaction, 1);
        });

        CHECK(attempts == 2);
        CHECK(value_in(database) == 2);
    });
}

TEST_CASE("work whose connection is cut again and again is given up")
{
    with_cuts([](Database& database, const std::function<void()>& cut) {
        int attempts = 0;

        const auto write = [&] {
            database.write(baden, [&](sql::Transaction& transaction) {
                ++attempts;
                add_at_once(transaction, 1);
                cut();
                add_at_once(transaction, 1);
            });
        };

        CHECK_THROWS_AS(write(), sql::ConnectionError);
        CHECK(attempts == 3);
        CHECK(value_in(database) == 0);
    });
}

TEST_CASE("transactions that lock each other out are a ConflictError, and writing again helps")
{
    testing::for_each_database({tables}, [](Database& database) {
        if (!database.is_postgres())
            return;
        constexpr Statement second_row{"INSERT INTO counters VALUES (:tenant_id, 'b', 0)"};
        constexpr Statement second{
            "UPDATE counters SET value = value + 1 WHERE tenant_id = :tenant_id AND id = 'b'"};
        database.write(baden, [&](sql::Transaction& transaction) {
            transaction.execute(second_row, {{"tenant_id", "baden"}});
        });
        std::latch both_have_one(2);
        std::atomic<int> attempts = 0;

        in_threads(2, [&](int number) {
            bool is_first = true;
            database.write(baden, [&](sql::Transaction& transaction) {
                ++attempts;
                // With an answer, so that the row is locked when the call returns.
                const auto touch = [&](bool a) {
                    if (a)
                        transaction.execute(increase, {{"tenant_id", "baden"}, {"by", std::int64_t{1}}});
                    else
                        transaction.execute(second, {{"tenant_id", "baden"}});
                };
                touch(number == 0);
                if (std::exchange(is_first, false))
                    both_have_one.arrive_and_wait();
                touch(number == 1);
            });
        });

        // Whoever was turned away may be back before the other has noticed, and lock it out once more.
        CHECK(attempts.load() >= 3);
        CHECK(value_in(database) == 2);
    });
}

TEST_CASE("of work that anybody may take, each takes what no other has in hand")
{
    testing::for_each_database({tables}, [](Database& database) {
        if (!database.is_postgres())
            return;  // on SQLite the one writer has in hand all there is
        constexpr Statement second_row{"INSERT INTO counters VALUES (:tenant_id, 'b', 0)"};
        constexpr Statement first_free{
            "SELECT id FROM counters WHERE tenant_id = :tenant_id ORDER BY id LIMIT 1"};
        database.write(baden, [&](sql::Transaction& transaction) {
            transaction.execute_one(second_row, {{"tenant_id", "baden"}});
        });
        const auto take = [&](sql::Transaction& transaction) {
            std::string taken;
            transaction.query_free(first_free, {{"tenant_id", "baden"}}, [&](const sql::Row& row) {
                taken = row.text(0);
            });
            return taken;
        };

        auto one = database.begin(baden);
        auto other = database.begin(baden);
        auto third = database.begin(baden);

        CHECK(take(one) == "a");
        CHECK(take(other) == "b");
        CHECK(take(third).empty());
    });
}

TEST_CASE("rows read for update, and names, are kept from others until the end")
{
    testing::for_each_database({tables}, [](Database& database) {
        const auto increase_by_reading = [&](bool by_name) {
            auto transaction = database.begin(baden);
            std::int64_t value = 0;
            const auto keep = [&](const sql::Row& row) { value = row.integer(0); };
            if (by_name) {
                transaction.lock("the counter");
                transaction.query(read_value, {{"tenant_id", "baden"}}, keep);
            } else {
                transaction.query_locked(read_value, {{"tenant_id", "baden"}}, keep);
            }
            constexpr Statement put{
                "UPDATE counters SET value = :value WHERE tenant_id = :tenant_id AND id = 'a'"};
            transaction.execute_one(put, {{"tenant_id", "baden"}, {"value", value + 1}});
            transaction.commit();
        };

        in_threads(8, [&](int) {
            for (int round = 0; round < 10; ++round)
                increase_by_reading(/*by_name=*/false);
        });
        CHECK(value_in(database) == 80);

        in_threads(8, [&](int) {
            for (int round = 0; round < 10; ++round)
                increase_by_reading(/*by_name=*/true);
        });
        CHECK(value_in(database) == 160);
    });
}
