// How accounts end, on both databases.
#include "platform/identity/account_export.hpp"
#include "platform/identity/account_fixture.hpp"

using namespace identity;

namespace {

std::string deletion_link(Residents& residents, const AccountId& id)
{
    auto transaction = residents.database.begin_across_tenants();
    auto token = residents.leaving.make_link(transaction, id, at_home.device);
    transaction.commit();
    return token;
}

// Who was warned, as the job runs.
std::vector<std::string> warn(Residents& residents)
{
    std::vector<std::string> warned;
    residents.leaving.warn_unused([&](sql::Transaction&, const Account& account) {
        warned.push_back(account.email);
    });
    return warned;
}

using Emails = std::vector<std::string>;

}  // namespace

TEST_CASE("a deleted account leaves nothing but that it is gone, and the address may begin anew")
{
    with_residents([](Residents& residents) {
        const auto entry = residents.accounts.enter_by_link(residents.link(), at_home).value();
        const auto session = residents.sessions.find(entry.token).value();
        const AccountId id{session.subject};
        residents.set_password(session);
        residents.second_step.begin(id);
        const auto neighbour = residents.enter("bruno@example.org");

        residents.leaving.remove(id);
        residents.leaving.remove(id);

        CHECK_FALSE(residents.sessions.find(entry.token));
        CHECK_FALSE(residents.accounts.find(id));
        CHECK_FALSE(residents.accounts.enter_by_password("anna@example.org", good_password, at_home, {}));
        CHECK(residents.events(session) == std::vector<std::string>{"deleted"});
        CHECK(residents.accounts.find({neighbour.subject}));
        CHECK(residents.enter().subject != id.text);
        residents.clock.advance(std::chrono::days(91));
        residents.accounts.purge();
        CHECK(residents.events(session).empty());
    });
}

TEST_CASE("a mailed link deletes the account within a day, and looking at it deletes nothing")
{
    with_residents([](Residents& residents) {
        const auto session = residents.enter();
        const AccountId id{session.subject};
        const auto earlier = deletion_link(residents, id);
        const auto link = deletion_link(residents, id);

        CHECK_FALSE(residents.leaving.find_by_link(earlier));
        CHECK(residents.leaving.find_by_link(link)->email == "anna@example.org");
        CHECK(residents.accounts.find(id));
        CHECK_FALSE(residents.leaving.remove_by_link("no-such-link"));
        CHECK(residents.leaving.remove_by_link(link));
        CHECK_FALSE(residents.accounts.find(id));
        CHECK_FALSE(residents.leaving.remove_by_link(link));

        const AccountId another{residents.enter().subject};
        const auto late = deletion_link(residents, another);
        residents.clock.advance(24h + 1s);
        CHECK_FALSE(residents.leaving.find_by_link(late));
        CHECK_FALSE(residents.leaving.remove_by_link(late));
        CHECK(residents.accounts.find(another));
    });
}

TEST_CASE("who has not logged in for 700 days is warned once, and removed 30 days later")
{
    with_residents([](Residents& residents) {
        const AccountId anna{residents.enter("anna@example.org").subject};
        residents.clock.advance(std::chrono::days(10));
        const AccountId bruno{residents.enter("bruno@example.org").subject};
        residents.clock.advance(std::chrono::days(690));
        CHECK(warn(residents) == Emails{});

        residents.clock.advance(1h);
        CHECK(warn(residents) == Emails{"anna@example.org"});
        CHECK(warn(residents) == Emails{});
        CHECK(residents.accounts.find(anna)->state == AccountState::warned);
        CHECK(residents.leaving.remove_unused() == 0);

        residents.clock.advance(std::chrono::days(29));
        CHECK(residents.leaving.remove_unused() == 0);
        residents.clock.advance(std::chrono::days(1) + 1h);
        CHECK(warn(residents) == Emails{"bruno@example.org"});
        CHECK(residents.leaving.remove_unused() == 1);
        CHECK_FALSE(residents.accounts.find(anna));
        CHECK(residents.accounts.find(bruno));
    });
}

TEST_CASE("who logs in after the warning keeps the account")
{
    with_residents([](Residents& residents) {
        const AccountId anna{residents.enter().subject};
        residents.clock.advance(std::chrono::days(701));
        REQUIRE(warn(residents).size() == 1);
        residents.enter();
        CHECK(residents.accounts.find(anna)->state == AccountState::active);
        residents.clock.advance(std::chrono::days(40));

        CHECK(residents.leaving.remove_unused() == 0);
        CHECK(warn(residents) == Emails{});
    });
}

TEST_CASE("nobody is removed without 30 days of warning, however late the job comes")
{
    with_residents([](Residents& residents) {
        const AccountId anna{residents.enter().subject};
        residents.clock.advance(std::chrono::days(2000));

        CHECK(residents.leaving.remove_unused() == 0);
        REQUIRE(warn(residents).size() == 1);
        CHECK(residents.leaving.remove_unused() == 0);
        residents.clock.advance(std::chrono::days(30) + 1h);
        CHECK(residents.leaving.remove_unused() == 1);
        CHECK_FALSE(residents.accounts.find(anna));
    });
}

TEST_CASE("the export says what the account holds, and no secret")
{
    with_residents([](Residents& residents) {
        const auto session = residents.enter();
        const AccountId id{session.subject};
        residents.set_password(session);
        const auto account = residents.accounts.find(id).value();

        const auto text = json::write(export_of(
            {account,
             0,
             residents.accounts.open_sessions(id),
             residents.accounts.history(id, 100),
             json::Array{json::Object{{"reference", "AG-1"}}}}
        ));

        for (const std::string_view part :
             {"\"email\":\"anna@example.org\"",
              "\"createdAt\":\"2030-05-06T12:00:00Z\"",
              "\"hasPassword\":true",
              "\"browser\":\"Firefox\"",
              "\"event\":\"password_set\"",
              "\"reference\":\"AG-1\""})
            CHECK_MESSAGE(text.find(part) != std::string::npos, part);
        CHECK(text.find("argon2") == std::string::npos);
    });
}
