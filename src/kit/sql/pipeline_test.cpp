// Changes whose answers nobody waits for: on PostgreSQL they travel with the next statement that has one, or
// with the commit.
#include "testing/databases.hpp"

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <stdexcept>
#include <string>

namespace {

using sql::Database;
using sql::Statement;
using sql::Transaction;

const base::TenantId baden{"baden"};

constexpr std::array<sql::Migration, 1> tables{
    {{"notes",
      "0001_create_notes",
      "CREATE TABLE notes (tenant_id TEXT NOT NULL, id TEXT NOT NULL, size BIGINT NOT NULL CHECK (size >= 0),"
      " PRIMARY KEY (tenant_id, id));\n",
      ""}}};

constexpr Statement insert{"INSERT INTO notes (tenant_id, id, size) VALUES (:tenant_id, :id, :size)"};
constexpr Statement resize{"UPDATE notes SET size = :size WHERE tenant_id = :tenant_id AND id = :id"};
constexpr Statement resize_all{"UPDATE notes SET size = :size WHERE tenant_id = :tenant_id"};
constexpr Statement remove_note{"DELETE FROM notes WHERE tenant_id = :tenant_id AND id = :id"};
constexpr Statement sizes{"SELECT size FROM notes WHERE tenant_id = :tenant_id ORDER BY id"};

void add(Transaction& transaction, const std::string& id, std::int64_t size)
{
    transaction.execute_one(insert, {{"tenant_id", "baden"}, {"id", id}, {"size", size}});
}

std::vector<std::int64_t> sizes_in(Transaction& transaction)
{
    return transaction.all(sizes, {{"tenant_id", "baden"}}, [](const sql::Row& row) {
        return row.integer(0);
    });
}

std::vector<std::int64_t> kept_in(Database& database)
{
    auto transaction = database.begin_read(baden);
    return sizes_in(transaction);
}

void for_each(const std::function<void(Database&)>& test)
{
    testing::for_each_database({tables}, test);
}

// What the work or the commit after it throws.
template <class Error>
std::string error_of(Database& database, const std::function<void(Transaction&)>& work)
{
    auto transaction = database.begin(baden);
    try {
        work(transaction);
        transaction.commit();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("a question after changes sees them, in the order in which they were made")
{
    for_each([](Database& database) {
        auto transaction = database.begin(baden);
        add(transaction, "a", 1);
        add(transaction, "b", 2);
        transaction.execute_one(resize, {{"tenant_id", "baden"}, {"id", "a"}, {"size", std::int64_t{7}}});
        transaction.execute_one(remove_note, {{"tenant_id", "baden"}, {"id", "b"}});
        add(transaction, "b", 3);

        CHECK(sizes_in(transaction) == std::vector<std::int64_t>{7, 3});

        transaction.execute_one(remove_note, {{"tenant_id", "baden"}, {"id", "a"}});
        transaction.commit();
        CHECK(kept_in(database) == std::vector<std::int64_t>{3});
    });
}

TEST_CASE("a change that breaks a constraint is told at the commit at the latest, and nothing is kept")
{
    for_each([](Database& database) {
        const auto told = error_of<sql::ConstraintError>(database, [](Transaction& transaction) {
            add(transaction, "a", 1);
            add(transaction, "b", -1);
            transaction.execute_any(resize_all, {{"tenant_id", "baden"}, {"size", std::int64_t{2}}});
        });

        CHECK(told.find("in: INSERT INTO notes") != std::string::npos);
        CHECK(kept_in(database).empty());
    });
}

TEST_CASE(
    "a change that broke a constraint is told by the next question, after which nothing can be committed"
)
{
    for_each([](Database& database) {
        auto transaction = database.begin(baden);
        const auto change_and_ask = [&] {
            add(transaction, "a", 1);
            add(transaction, "a", 2);
            sizes_in(transaction);
        };

        CHECK_THROWS_AS(change_and_ask(), sql::ConstraintError);
        CHECK_THROWS_AS(sizes_in(transaction), std::logic_error);
        CHECK_THROWS_AS(transaction.commit(), std::logic_error);
        CHECK(kept_in(database).empty());
    });
}

TEST_CASE("a change of no row or of several, where one is meant, is told and not kept")
{
    for_each([](Database& database) {
        database.write(baden, [](Transaction& transaction) {
            add(transaction, "a", 1);
            add(transaction, "b", 2);
        });

        const auto none = error_of<std::logic_error>(database, [](Transaction& transaction) {
            add(transaction, "c", 3);
            transaction.execute_one(resize, {{"tenant_id", "baden"}, {"id", "x"}, {"size", std::int64_t{7}}});
        });
        const auto several = error_of<std::logic_error>(database, [](Transaction& transaction) {
            transaction.execute_one(resize_all, {{"tenant_id", "baden"}, {"size", std::int64_t{7}}});
        });

        CHECK(none == "one changed row expected, 0 found: " + std::string(resize.text()));
        CHECK(several == "one changed row expected, 2 found: " + std::string(resize_all.text()));
        CHECK(kept_in(database) == std::vector<std::int64_t>{1, 2});
    });
}

TEST_CASE("a change of any number of rows is fine where nobody counts")
{
    for_each([](Database& database) {
        auto transaction = database.begin(baden);
        transaction.execute_any(remove_note, {{"tenant_id", "baden"}, {"id", "unknown"}});
        add(transaction, "a", 1);
        add(transaction, "b", 2);
        transaction.execute_any(resize_all, {{"tenant_id", "baden"}, {"size", std::int64_t{5}}});
        transaction.commit();

        CHECK(kept_in(database) == std::vector<std::int64_t>{5, 5});
    });
}

TEST_CASE("a wrong parameter of a change is refused at once")
{
    for_each([](Database& database) {
        auto transaction = database.begin(baden);

        CHECK_THROWS_AS(transaction.execute_one(remove_note, {{"tenant_id", "baden"}}), std::logic_error);
        CHECK_THROWS_AS(transaction.commit(), std::logic_error);
    });
}

TEST_CASE("thousands of changes in a row are all made")
{
    for_each([](Database& database) {
        auto transaction = database.begin(baden);
        for (int number = 0; number < 2000; ++number)
            add(transaction, std::to_string(number), number);
        CHECK(sizes_in(transaction).size() == 2000);
        transaction.commit();

        CHECK(kept_in(database).size() == 2000);
    });
}

TEST_CASE("changes that are dropped leave no trace, and the connection goes on")
{
    testing::for_each_database_url([](const std::string& url) {
        Database database(url, {.connections = 1});
        database.migrate(tables);
        for (int round = 0; round < 3; ++round) {
            auto unsent = database.begin(baden);
            add(unsent, "a", 1);
        }
        for (int round = 0; round < 3; ++round) {
            auto sent = database.begin(baden);
            add(sent, "a", 1);
            CHECK(sizes_in(sent).size() == 1);
        }

        CHECK(kept_in(database).empty());
    });
}

TEST_CASE("a statement first used after one that failed is prepared when it is needed")
{
    testing::for_each_database_url([](const std::string& url) {
        Database database(url, {.connections = 1});
        database.migrate(tables);

        // The removal is new to the connection, and never reached.
        CHECK_FALSE(error_of<sql::ConstraintError>(database, [](Transaction& transaction) {
                        add(transaction, "a", -1);
                        transaction.execute_one(remove_note, {{"tenant_id", "baden"}, {"id", "a"}});
                    }).empty());

        database.write(baden, [](Transaction& transaction) {
            add(transaction, "a", 1);
            transaction.execute_one(remove_note, {{"tenant_id", "baden"}, {"id", "a"}});
        });
        CHECK(kept_in(database).empty());
    });
}

TEST_CASE("a transaction that begins with a change outlives a connection that died while it was idle")
{
    testing::for_each_database_url([](const std::string& plain_url) {
        if (!plain_url.starts_with("postgresql:"))
            return;
        const auto url = plain_url + "&application_name=pipeline_cut";
        Database database(url, {.connections = 1});
        database.migrate(tables);
        constexpr Statement cut_all{"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                                    " WHERE application_name = 'pipeline_cut' AND pid <> pg_backend_pid()"};
        Database other(url);
        other.begin_across_tenants().query(cut_all, {}, [](const sql::Row&) {});

        auto transaction = database.begin(baden);
        add(transaction, "a", 1);
        transaction.commit();

        CHECK(kept_in(database) == std::vector<std::int64_t>{1});
    });
}

TEST_CASE("a transaction that spares the flush is kept and seen like any other")
{
    for_each([](Database& database) {
        {
            auto transaction = database.begin(baden);
            transaction.spare_flush();
            add(transaction, "a", 1);
            transaction.commit();
        }
        CHECK(kept_in(database) == std::vector<std::int64_t>{1});
        if (!database.is_postgres())
            return;
        // And it alone: the next on the same connection waits for the disk again.
        static constexpr Statement ask{"SELECT current_setting('synchronous_commit')"};
        auto transaction = database.begin(baden);
        CHECK(transaction.first(ask, {}, [](const sql::Row& row) { return row.text(0); }) != "off");
    });
}
