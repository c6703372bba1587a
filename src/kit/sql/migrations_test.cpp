#include "testing/databases.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

using sql::Database;
using sql::Migration;

namespace {

constexpr Migration first{
    "notes", "0001_create_notes", "CREATE TABLE notes (tenant_id TEXT, id TEXT);\n", ""};
constexpr Migration second{"notes", "0002_add_size", "ALTER TABLE notes ADD COLUMN size BIGINT;\n", ""};

void migrate(Database& database, std::vector<Migration> migrations)
{
    database.migrate(migrations);
}

}  // namespace

TEST_CASE("each migration is applied once, and later ones are added")
{
    testing::for_each_database({}, [](Database& database) {
        migrate(database, {first});
        migrate(database, {first});
        migrate(database, {first, second});

        CHECK_NOTHROW(database.check("SELECT id, size FROM notes"));
    });
}

TEST_CASE("a migration that was edited after it had been applied stops the start")
{
    testing::for_each_database({}, [](Database& database) {
        migrate(database, {first});
        auto edited = first;
        edited.text = "CREATE TABLE notes (tenant_id TEXT);\n";

        CHECK_THROWS_WITH_AS(
            migrate(database, {edited}),
            "migration notes/0001_create_notes was changed after it had been applied",
            std::runtime_error
        );
    });
}

TEST_CASE("a program older than its database stops the start")
{
    testing::for_each_database({}, [](Database& database) {
        migrate(database, {first, second});

        CHECK_THROWS_AS(migrate(database, {first}), std::runtime_error);
    });
}

TEST_CASE("a migration that fails takes the whole upgrade back")
{
    testing::for_each_database({}, [](Database& database) {
        const Migration broken{"notes", "0003_break", "CREATE TABLE more (id TEXT);\nCREATE TABEL x;\n", ""};

        CHECK_THROWS_AS(migrate(database, {first, second, broken}), std::runtime_error);

        CHECK_THROWS(database.check("SELECT id FROM notes"));
        CHECK_THROWS(database.check("SELECT id FROM more"));
        CHECK_NOTHROW(migrate(database, {first, second}));
    });
}

TEST_CASE("of twins only the one for this database is applied")
{
    testing::for_each_database({}, [](Database& database) {
        const Migration sqlite{"blobs", "0001_create_blobs", "CREATE TABLE lite (data BLOB);\n", "sqlite"};
        const Migration postgres{
            "blobs", "0001_create_blobs", "CREATE TABLE big (data BYTEA);\n", "postgres"};

        migrate(database, {postgres, sqlite});

        const char* made = database.is_postgres() ? "SELECT data FROM big" : "SELECT data FROM lite";
        const char* left_out = database.is_postgres() ? "SELECT data FROM lite" : "SELECT data FROM big";
        CHECK_NOTHROW(database.check(made));
        CHECK_THROWS(database.check(left_out));
    });
}
