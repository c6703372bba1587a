#include "statements.hpp"
#include "testing/databases.hpp"

#include <doctest/doctest.h>

#include <string>

TEST_CASE("both databases accept every statement of the program")
{
    REQUIRE(listed_statements().size() > 10);
    testing::for_each_database({listed_migrations()}, [](sql::Database& database) {
        for (const auto& statement : listed_statements()) {
            INFO(std::string(statement.place));
            CHECK_NOTHROW(database.check(statement.text));
        }
    });
}

TEST_CASE("every statement names the tenant, or says why it is for the whole canton")
{
    for (const auto& statement : listed_statements()) {
        INFO(std::string(statement.place), ": ", std::string(statement.text));
        const bool names_tenant = statement.text.find("tenant_id") != std::string_view::npos;
        CHECK((names_tenant || statement.is_canton_wide));
    }
}

TEST_CASE("every table of tenants has the tenant first in its key")
{
    for (const auto& migration : listed_migrations()) {
        INFO(std::string(migration.room), "/", std::string(migration.name));
        const std::string text(migration.text);
        for (std::size_t at = text.find("CREATE TABLE"); at != std::string::npos;
             at = text.find("CREATE TABLE", at + 1)) {
            const auto table = text.substr(at, text.find(");\n", at) - at);
            const auto key = table.find("PRIMARY KEY (");
            if (table.find("tenant_id") == std::string::npos)
                continue;
            INFO(table.substr(0, table.find('\n')));
            REQUIRE(key != std::string::npos);
            CHECK(table.substr(key, 22) == "PRIMARY KEY (tenant_id");
        }
    }
}
