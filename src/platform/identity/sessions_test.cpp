// Who is logged in, and for how long, on both databases.
#include "kit/sql/database.hpp"
#include "platform/identity/resources.hpp"
#include "platform/identity/sessions.hpp"
#include "testing/databases.hpp"
#include "testing/fixed_clock.hpp"
#include "testing/repeatable_random.hpp"

#include <doctest/doctest.h>

using namespace identity;
using namespace std::chrono_literals;

namespace {

struct Door {
    explicit Door(sql::Database& kept) : database(kept)
    {
        REQUIRE(sessions.add_user({{"4001"}, " Beat@Aarau.example ", "Beat Amsler", "geheim", {Role::clerk}})
        );
    }

    std::string link(const std::string& email = "anna@example.org")
    {
        auto transaction = database.begin_across_tenants();
        auto token = sessions.make_login_link(transaction, email, "/konto");
        transaction.commit();
        return token;
    }

    base::Result<Sessions::Link> use(const std::string& token)
    {
        auto transaction = database.begin_across_tenants();
        auto used = sessions.use_link(transaction, token);
        transaction.commit();
        return used;
    }

    sql::Database& database;
    testing::FixedClock clock;
    testing::RepeatableRandom random;
    Sessions sessions{database, clock, random, crypto::PasswordCost::cheap_for_tests};
};

void at_door(const std::function<void(Door&)>& test)
{
    testing::for_each_database({resources::migrations()}, [&](sql::Database& database) {
        Door door(database);
        test(door);
    });
}

}  // namespace

TEST_CASE("a clerk logs in by address and password, however the address is written")
{
    at_door([](Door& door) {
        const auto token = door.sessions.log_in("BEAT@aarau.example", "geheim");

        REQUIRE(token);
        const auto session = door.sessions.find(*token);
        REQUIRE(session);
        CHECK(session->tenant.text == "4001");
        CHECK(session->name == "Beat Amsler");
        CHECK(session->kind == SessionKind::staff);
        CHECK_FALSE(door.sessions.find(*token + "x"));
    });
}

TEST_CASE("a wrong password, an unknown address and an empty one are refused alike")
{
    at_door([](Door& door) {
        for (const auto& [email, password] :
             {std::pair("beat@aarau.example", "falsch"),
              std::pair("wer@aarau.example", "geheim"),
              std::pair("", "")}) {
            const auto refused = door.sessions.log_in(email, password);
            REQUIRE_FALSE(refused);
            CHECK(refused.error().kind == base::ErrorKind::forbidden);
        }
    });
}

TEST_CASE("an address has one account")
{
    at_door([](Door& door) {
        const auto again =
            door.sessions.add_user({{"4021"}, "beat@aarau.example", "Other", "x", {Role::clerk}});

        REQUIRE_FALSE(again);
        CHECK(again.error().kind == base::ErrorKind::conflict);
    });
}

TEST_CASE("a clerk who does nothing for half an hour is out, and after twelve hours everybody is")
{
    at_door([](Door& door) {
        const auto idle = door.sessions.log_in("beat@aarau.example", "geheim").value();
        door.clock.advance(31min);
        CHECK_FALSE(door.sessions.find(idle));

        const auto busy = door.sessions.log_in("beat@aarau.example", "geheim").value();
        for (int times = 0; times < 12 * 3; ++times) {
            door.clock.advance(20min);
            CHECK(door.sessions.find(busy));
        }
        door.clock.advance(1min);
        CHECK_FALSE(door.sessions.find(busy));
    });
}

TEST_CASE(
    "a link in a mail is good for one login, within a quarter of an hour, and looking at it uses nothing up"
)
{
    at_door([](Door& door) {
        const auto token = door.link();
        CHECK(door.sessions.is_open(token));
        CHECK(door.sessions.is_open(token));

        const auto used = door.use(token);
        REQUIRE(used);
        CHECK(used->return_to == "/konto");
        CHECK(used->email == "anna@example.org");
        CHECK_FALSE(door.use(token));

        const auto late = door.link();
        door.clock.advance(16min);
        CHECK_FALSE(door.sessions.is_open(late));
        CHECK_FALSE(door.use(late));
    });
}

TEST_CASE("who logs out is out, and what has run out is deleted")
{
    at_door([](Door& door) {
        const auto token = door.sessions.log_in("beat@aarau.example", "geheim").value();
        door.sessions.log_out(token);
        CHECK_FALSE(door.sessions.find(token));

        const auto kept = door.sessions.log_in("beat@aarau.example", "geheim").value();
        door.sessions.purge();
        CHECK(door.sessions.find(kept));
    });
}

TEST_CASE("the database holds no token that opens anything")
{
    at_door([](Door& door) {
        const auto token = door.sessions.log_in("beat@aarau.example", "geheim").value();
        const auto link = door.link();

        auto transaction = door.database.begin_read_across_tenants();
        constexpr sql::Statement sessions{"SELECT COUNT(*) FROM sessions WHERE token_hash = :token"};
        std::int64_t found = 0;
        transaction.query(sessions, {{"token", token}}, [&](const sql::Row& row) {
            found += row.integer(0);
        });
        constexpr sql::Statement links{"SELECT COUNT(*) FROM login_links WHERE token_hash = :token"};
        transaction.query(links, {{"token", link}}, [&](const sql::Row& row) { found += row.integer(0); });

        CHECK(found == 0);
    });
}
