#pragma once

// For the tests of residents' accounts: a door without pages, on both databases.
#include "kit/crypto/hashing.hpp"
#include "kit/crypto/one_time_code.hpp"
#include "kit/crypto/sealer.hpp"
#include "kit/sql/database.hpp"
#include "platform/identity/accounts.hpp"
#include "platform/identity/address_change.hpp"
#include "platform/identity/breached_passwords.hpp"
#include "platform/identity/leaving.hpp"
#include "platform/identity/resources.hpp"
#include "platform/identity/second_step.hpp"
#include "platform/identity/sessions.hpp"
#include "testing/databases.hpp"
#include "testing/fixed_clock.hpp"
#include "testing/repeatable_random.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

namespace identity {

using namespace std::chrono_literals;

inline const Arrival at_home{{"Firefox", "Windows"}, html::Language::de};
inline const Arrival on_the_train{{"Safari", "iPhone"}, html::Language::fr};
inline const std::string good_password = "vier kurze Woerter hier";

struct Residents {
    explicit Residents(sql::Database& kept) : database(kept) {}

    std::string link(const std::string& email = "anna@example.org")
    {
        auto transaction = database.begin_across_tenants();
        auto token = sessions.make_login_link(transaction, email, "/konto");
        transaction.commit();
        return token;
    }

    // The session of somebody who has used a mailed link.
    Session enter(const std::string& email = "anna@example.org", const Arrival& arrival = at_home)
    {
        const auto entry = accounts.enter_by_link(link(email), arrival);
        REQUIRE(entry);
        const auto session = sessions.find(entry->token);
        REQUIRE(session);
        return *session;
    }

    void set_password(const Session& session, const std::string& password = good_password)
    {
        REQUIRE(accounts.set_password({session.subject}, password, session.id, at_home.device));
    }

    std::vector<std::string> events(const Session& session)
    {
        std::vector<std::string> kinds;
        for (const auto& event : accounts.history({session.subject}, 100))
            kinds.push_back(event.kind);
        std::ranges::reverse(kinds);
        return kinds;
    }

    sql::Database& database;
    testing::FixedClock clock;
    testing::RepeatableRandom random;
    Sessions sessions{database, clock, random, crypto::PasswordCost::cheap_for_tests};
    BreachedPasswords breached{""};
    Accounts accounts{database, clock, random, sessions, breached};
    crypto::Sealer sealer = crypto::Sealer::from_keys("test:" + std::string(64, 'a'), random).value();
    SecondStep second_step{database, clock, random, sealer, accounts};
    Leaving leaving{database, clock, random, sessions, accounts, std::chrono::days(730)};
    std::vector<std::pair<std::string, std::string>> moved_orders;
    AddressChange address_change{
        database,
        clock,
        random,
        accounts,
        [this](sql::Transaction&, const std::string& from, const std::string& to) {
            moved_orders.emplace_back(from, to);
        }};
};

inline void with_residents(const std::function<void(Residents&)>& test)
{
    testing::for_each_database({resources::migrations()}, [&](sql::Database& database) {
        Residents residents(database);
        test(residents);
    });
}

}  // namespace identity
