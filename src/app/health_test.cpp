// /health/ready says the truth.
#include "app/health.hpp"
#include "app/readings.hpp"
#include "app/town_fixture.hpp"

using namespace app;

TEST_CASE("a program is ready when the database answers, has its schema, and its disk has room")
{
    testing::for_each_database({}, [](sql::Database& database) {
        const auto all = all_migrations();
        database.migrate(std::span(all).first(all.size() - 1));
        CHECK(find_trouble(database, 0).find("schema") != std::string::npos);

        database.migrate(all);
        CHECK(find_trouble(database, 0).empty());

        // Where nobody can say how much is left, nobody complains.
        const auto trouble = find_trouble(database, ~std::uint64_t{0});
        CHECK(trouble.empty() == !free_bytes(database).has_value());
        if (!trouble.empty())
            CHECK(trouble.starts_with("the disk is full"));
    });
}

TEST_CASE("a database that a newer program has changed is not this program's")
{
    testing::for_each_database({}, [](sql::Database& database) {
        auto all = all_migrations();
        const std::string room(all.back().room);
        all.push_back({room, "9999_come_later", "CREATE TABLE later (tenant_id TEXT NOT NULL)", ""});
        database.migrate(all);

        CHECK(find_trouble(database, 0).find("newer program") != std::string::npos);
    });
}
