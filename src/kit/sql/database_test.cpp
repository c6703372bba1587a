#include "kit/sql/database.hpp"
#include "testing/databases.hpp"

#include <doctest/doctest.h>

#include <array>

namespace {

using sql::Blob;
using sql::Database;
using sql::Statement;

const base::TenantId baden{"baden"};
const base::TenantId wettingen{"wettingen"};

constexpr std::array<sql::Migration, 1> tables{
    {{"notes",
      "0001_create_notes",
      "CREATE TABLE notes (tenant_id TEXT NOT NULL, id TEXT NOT NULL,"
      " size BIGINT CHECK (size >= 0), data TEXT,"
      " PRIMARY KEY (tenant_id, id));\n"
      "CREATE TABLE settings (name TEXT PRIMARY KEY);\n",
      ""}}};

constexpr Statement insert{
    "INSERT INTO notes (tenant_id, id, size, data) VALUES (:tenant_id, :id, :size, :data)"};
constexpr Statement count{"SELECT count(*) FROM notes WHERE tenant_id = :tenant_id"};
constexpr Statement remove_note{"DELETE FROM notes WHERE tenant_id = :tenant_id AND id = :id"};

sql::Value size_of(std::int64_t size)
{
    return size;
}

void add(sql::Transaction& transaction, std::string id, sql::Value size = size_of(1))
{
    transaction.execute(
        insert,
        {{"tenant_id", transaction.tenant().text}, {"id", std::move(id)}, {"size", size}, {"data", nullptr}}
    );
}

std::int64_t count_notes(Database& database, const base::TenantId& tenant)
{
    auto transaction = database.begin_read(tenant);
    return *transaction.first(count, {{"tenant_id", tenant.text}}, [](const sql::Row& row) {
        return row.integer(0);
    });
}

void for_each(const std::function<void(Database&)>& test)
{
    testing::for_each_database({tables}, test);
}

}  // namespace

TEST_CASE("what was committed is there, what was not is gone")
{
    for_each([](Database& database) {
        {
            auto kept = database.begin(baden);
            add(kept, "kept");
            kept.commit();
        }
        {
            auto dropped = database.begin(baden);
            add(dropped, "dropped");
        }

        CHECK(count_notes(database, baden) == 1);
    });
}

TEST_CASE("values come back as they went in")
{
    for_each([](Database& database) {
        const std::string text = "Žürich 'quoted' \"x\" :y \\ \n";
        const auto huge = INT64_MIN;
        auto transaction = database.begin(baden);
        transaction.execute(insert, {{"id", "a"}, {"data", text}, {"tenant_id", "baden"}, {"size", nullptr}});

        constexpr Statement select{
            "SELECT data, size, CAST(:huge AS BIGINT), CAST(:text AS TEXT) IS NULL FROM notes"
            " WHERE tenant_id = :tenant_id"};
        const auto seen = transaction.all(
            select,
            {{"tenant_id", "baden"}, {"huge", huge}, {"text", "x"}},
            [&](const sql::Row& row) {
                CHECK(row.text(0) == text);
                CHECK(row.is_null(1));
                CHECK_FALSE(row.integer_or_null(1));
                CHECK(row.integer(2) == huge);
                return row.integer(3);
            }
        );
        CHECK(seen == std::vector<std::int64_t>{0});
    });
}

TEST_CASE("a second row with the same key is refused without ending the transaction")
{
    for_each([](Database& database) {
        auto transaction = database.begin(baden);
        const auto try_add = [&](const char* id) {
            return transaction.try_insert(
                insert, {{"tenant_id", "baden"}, {"id", id}, {"size", size_of(1)}, {"data", nullptr}}
            );
        };

        CHECK(try_add("a"));
        CHECK_FALSE(try_add("a"));
        CHECK(try_add("b"));
        transaction.commit();

        CHECK(count_notes(database, baden) == 2);
    });
}

TEST_CASE("a broken constraint is a ConstraintError, after which nothing can be committed")
{
    for_each([](Database& database) {
        auto transaction = database.begin(baden);
        add(transaction, "a");

        CHECK_THROWS_AS(add(transaction, "negative", size_of(-1)), sql::ConstraintError);
        CHECK_THROWS_AS(add(transaction, "b"), std::logic_error);
        CHECK_THROWS_AS(transaction.commit(), std::logic_error);
    });
}

TEST_CASE("changed rows are counted, and a store that expects one is told when there is none")
{
    for_each([](Database& database) {
        auto transaction = database.begin(baden);
        add(transaction, "a");

        CHECK(transaction.execute(remove_note, {{"tenant_id", "baden"}, {"id", "unknown"}}) == 0);
        CHECK(transaction.execute(remove_note, {{"tenant_id", "baden"}, {"id", "a"}}) == 1);
        CHECK_THROWS_AS(transaction.execute_one(remove_note, {{"tenant_id", "baden"}, {"id", "unknown"}});
                        transaction.commit(), std::logic_error);
        CHECK(count_notes(database, baden) == 0);
    });
}

TEST_CASE("missing, misspelt and superfluous parameters are refused")
{
    for_each([](Database& database) {
        const auto read = [&](sql::Parameters parameters) {
            auto transaction = database.begin_read(baden);
            transaction.query(count, parameters, [](const sql::Row&) {});
        };

        CHECK_THROWS_AS(read({}), std::logic_error);
        CHECK_THROWS_AS(read({{"tenant", "baden"}}), std::logic_error);
        CHECK_THROWS_AS(read({{"tenant_id", "baden"}, {"id", "a"}}), std::logic_error);
        CHECK_THROWS_AS(read({{"tenant_id", std::string("ba\0den", 6)}}), std::invalid_argument);
        CHECK_NOTHROW(read({{"tenant_id", "baden"}}));
    });
}

TEST_CASE("a column of another kind than asked for is an error, not a zero")
{
    for_each([](Database& database) {
        auto transaction = database.begin_read(baden);
        constexpr Statement word{"SELECT 'word', 1"};

        transaction.query(word, {}, [](const sql::Row& row) {
            CHECK_THROWS_AS(row.integer(0), std::logic_error);
            CHECK_THROWS_AS(row.text(2), std::logic_error);
            CHECK(row.integer(1) == 1);
        });
    });
}

TEST_CASE("a reader sees one moment, whatever is written meanwhile")
{
    for_each([](Database& database) {
        auto reader = database.begin_read(baden);
        const auto seen = [&] {
            return reader.first(count, {{"tenant_id", "baden"}}, [](const sql::Row& row) {
                return row.integer(0);
            });
        };
        REQUIRE(seen() == 0);

        auto writer = database.begin(baden);
        add(writer, "a");
        writer.commit();

        CHECK(seen() == 0);
        CHECK(count_notes(database, baden) == 1);
    });
}

TEST_CASE("a transaction that only reads cannot write")
{
    for_each([](Database& database) {
        auto transaction = database.begin_read(baden);

        CHECK_THROWS_AS(add(transaction, "a"), std::runtime_error);
    });
}

TEST_CASE("an action after commit runs once everything is kept, and not at all after a rollback")
{
    for_each([](Database& database) {
        std::vector<std::int64_t> seen;
        const auto act = [&](bool commit) {
            auto transaction = database.begin(baden);
            add(transaction, commit ? "kept" : "dropped");
            transaction.after_commit([&] { seen.push_back(count_notes(database, baden)); });
            if (commit)
                transaction.commit();
        };

        act(false);
        act(true);

        CHECK(seen == std::vector<std::int64_t>{1});
    });
}

TEST_CASE("the same statement can be run while its rows are read")
{
    for_each([](Database& database) {
        auto transaction = database.begin(baden);
        add(transaction, "a");
        add(transaction, "b");
        int rows = 0;

        transaction.query(count, {{"tenant_id", "baden"}}, [&](const sql::Row&) {
            transaction.query(count, {{"tenant_id", "baden"}}, [&](const sql::Row& row) {
                CHECK(row.integer(0) == 2);
                ++rows;
            });
        });

        CHECK(rows == 1);
    });
}

TEST_CASE("blobs keep every byte, and an empty one is not null")
{
    for_each([](Database& database) {
        constexpr std::array<sql::Migration, 2> more{
            {tables[0],
             {"blobs",
              "0001_create_blobs",
              "CREATE TABLE blobs (id BIGINT PRIMARY KEY, data BLOB)",
              "sqlite"}}};
        constexpr std::array<sql::Migration, 1> twin{
            {{"blobs",
              "0001_create_blobs",
              "CREATE TABLE blobs (id BIGINT PRIMARY KEY, data BYTEA)",
              "postgres"}}};
        database.migrate(more);
        database.migrate(twin);
        constexpr Statement keep{"INSERT INTO blobs (id, data) VALUES (:id, :data)"};
        constexpr Statement read{"SELECT data FROM blobs ORDER BY id"};
        const Blob bytes{std::byte{0}, std::byte{255}, std::byte{'\\'}, std::byte{0}};

        auto transaction = database.begin_across_tenants();
        transaction.execute(keep, {{"id", size_of(1)}, {"data", bytes}});
        transaction.execute(keep, {{"id", size_of(2)}, {"data", Blob{}}});

        const auto back = transaction.all(read, {}, [](const sql::Row& row) { return row.blob(0); });
        CHECK(back == std::vector<Blob>{bytes, Blob{}});
    });
}

TEST_CASE("work that is written with retries is committed")
{
    for_each([](Database& database) {
        database.write(baden, [](sql::Transaction& transaction) { add(transaction, "a"); });

        CHECK(count_notes(database, baden) == 1);
        CHECK_THROWS_AS(
            database.write(baden, [](sql::Transaction&) { throw std::runtime_error("no"); }),
            std::runtime_error
        );
    });
}

TEST_CASE("a statement that the database does not accept is found without running it")
{
    for_each([](Database& database) {
        CHECK_NOTHROW(database.check("SELECT id FROM notes WHERE tenant_id = :tenant_id"));
        CHECK_THROWS_AS(database.check("SELECT name FROM notes"), std::runtime_error);
        CHECK_THROWS_AS(database.check("SELECT FROM WHERE"), std::runtime_error);
        CHECK(count_notes(database, baden) == 0);
    });
}

TEST_CASE("PostgreSQL hides a tenant's rows from a query that forgot the tenant")
{
    for_each([](Database& database) {
        if (!database.is_postgres())
            return;
        database.write(baden, [](sql::Transaction& transaction) { add(transaction, "a"); });
        database.write({"canton"}, [](sql::Transaction& transaction) { add(transaction, "shared"); });
        constexpr Statement forgetful{"SELECT id FROM notes ORDER BY id"};
        constexpr Statement greedy{"DELETE FROM notes"};
        const auto seen = [&](sql::Transaction transaction) {
            return transaction.all(forgetful, {}, [](const sql::Row& row) { return row.text(0); });
        };

        CHECK(seen(database.begin_read(baden)) == std::vector<std::string>{"a", "shared"});
        CHECK(seen(database.begin_read(wettingen)) == std::vector<std::string>{"shared"});
        CHECK(seen(database.begin_read_across_tenants()) == std::vector<std::string>{"a", "shared"});
        CHECK(database.begin(wettingen).execute(greedy) == 0);
        CHECK(database.begin_across_tenants().execute(greedy) == 2);
        auto stranger = database.begin(wettingen);
        CHECK_THROWS(stranger.execute(
            insert, {{"tenant_id", "baden"}, {"id", "b"}, {"size", nullptr}, {"data", nullptr}}
        ));
    });
}

TEST_CASE("an address of another kind of database is refused")
{
    CHECK_THROWS_AS(Database("mysql://x"), std::invalid_argument);
    CHECK_THROWS_AS(Database("sqlite:/no/such/folder/x"), std::runtime_error);
    Database unreachable("postgresql://localhost/x?host=/no/such/folder");
    CHECK_THROWS_AS(unreachable.begin(baden), sql::ConnectionError);
}

TEST_CASE("two databases in memory have nothing in common")
{
    Database one("sqlite::memory:");
    Database other("sqlite::memory:");
    one.migrate(tables);

    CHECK_NOTHROW(one.check("SELECT id FROM notes"));
    CHECK_THROWS(other.check("SELECT id FROM notes"));
}
