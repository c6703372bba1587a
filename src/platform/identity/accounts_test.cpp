// How residents come in, and their passwords, on both databases.
#include "kit/crypto/hashing.hpp"
#include "platform/identity/account_fixture.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>

using namespace identity;

namespace {

using Kinds = std::vector<std::string>;

std::string refusal(const base::Result<>& result)
{
    return result ? std::string() : result.error().message_key;
}

}  // namespace

TEST_CASE("the first login by link opens an account, later ones find it, however the address is written")
{
    with_residents([](Residents& residents) {
        const auto first = residents.enter("Anna@Example.org", on_the_train);
        residents.clock.advance(24h);
        const auto later = residents.enter("anna@example.ORG");

        CHECK(first.subject == later.subject);
        CHECK(first.id != later.id);
        const auto account = residents.accounts.find({first.subject});
        REQUIRE(account);
        CHECK(account->email == "anna@example.org");
        CHECK(account->language == html::Language::de);
        CHECK(account->created_at == residents.clock.now() - 24h);
        CHECK(account->last_login_at == residents.clock.now());
        CHECK(account->state == AccountState::active);
        CHECK(residents.events(first) == Kinds{"created", "login_link", "login_link"});
        CHECK(residents.enter("other@example.org").subject != first.subject);
    });
}

TEST_CASE("a link that was used opens no second session")
{
    with_residents([](Residents& residents) {
        const auto link = residents.link();
        REQUIRE(residents.accounts.enter_by_link(link, at_home));

        CHECK_FALSE(residents.accounts.enter_by_link(link, at_home));
        CHECK_FALSE(residents.accounts.enter_by_link("no-such-link", at_home));
    });
}

TEST_CASE("who has set a password logs in with it, and the link works as before")
{
    with_residents([](Residents& residents) {
        const auto session = residents.enter();
        residents.set_password(session);

        const auto entry =
            residents.accounts.enter_by_password(" ANNA@example.org ", good_password, on_the_train, "/konto");

        REQUIRE(entry);
        CHECK(entry->return_to == "/konto");
        const auto opened = residents.sessions.find(entry->token);
        REQUIRE(opened);
        CHECK(opened->subject == session.subject);
        CHECK(opened->kind == SessionKind::resident);
        CHECK(residents.enter().subject == session.subject);
        CHECK(
            residents.events(session) ==
            Kinds{"created", "login_link", "password_set", "login_password", "login_link"}
        );
    });
}

TEST_CASE("a wrong password, an address without password and an unknown address are refused alike")
{
    with_residents([](Residents& residents) {
        residents.set_password(residents.enter("anna@example.org"));
        residents.enter("bruno@example.org");

        for (const auto& [email, password] :
             {std::pair<std::string, std::string>("anna@example.org", "another password"),
              {"anna@example.org", ""},
              {"anna@example.org", std::string(100'000, 'x')},
              {"bruno@example.org", good_password},
              {"nobody@example.org", good_password},
              {"", ""}}) {
            const auto refused = residents.accounts.enter_by_password(email, password, at_home, {});
            REQUIRE_FALSE(refused);
            CHECK(refused.error().kind == base::ErrorKind::forbidden);
            CHECK(refused.error().message_key == "identity.wrong_login");
        }
    });
}

TEST_CASE("a password has 12 to 200 characters, whatever the alphabet")
{
    with_residents([](Residents& residents) {
        const auto session = residents.enter();
        const auto set = [&](const std::string& password) {
            return refusal(
                residents.accounts.set_password({session.subject}, password, session.id, at_home.device)
            );
        };
        std::string umlauts;
        for (int letters = 0; letters < 200; ++letters)
            umlauts += "ö";

        CHECK(set("") == "identity.password_missing");
        CHECK(set("elf Zeichen") == "identity.password_short");
        CHECK(set("öööööööööö") == "identity.password_short");
        CHECK(set("zwoelf Zeich") == "");
        CHECK(set(umlauts) == "");
        CHECK(residents.accounts.enter_by_password("anna@example.org", umlauts, at_home, {}));
        CHECK(set(umlauts + "ö") == "identity.password_long");
    });
}

TEST_CASE("a password that thieves know is refused")
{
    const auto path =
        std::filesystem::temp_directory_path() / ("schalter-stolen-" + std::to_string(::getpid()));
    std::ofstream(path) << crypto::sha1_hex("correct horse battery") << ":12\n";
    with_residents([&](Residents& residents) {
        const BreachedPasswords breached(path);
        Accounts careful(residents.database, residents.clock, residents.random, residents.sessions, breached);
        const auto session = residents.enter();

        CHECK(
            refusal(careful.set_password({session.subject}, "correct horse battery", session.id, {})) ==
            "identity.password_breached"
        );
        CHECK(careful.set_password({session.subject}, "correct horse batteries", session.id, {}));
    });
    std::filesystem::remove(path);
}

TEST_CASE("a new password ends all other sessions, and a removed one opens nothing")
{
    with_residents([](Residents& residents) {
        const auto elsewhere = residents.accounts.enter_by_link(residents.link(), on_the_train).value();
        const auto here = residents.accounts.enter_by_link(residents.link(), at_home).value();
        const auto neighbour =
            residents.accounts.enter_by_link(residents.link("bruno@example.org"), at_home).value();
        const auto session = residents.sessions.find(here.token).value();

        residents.set_password(session);

        CHECK(residents.sessions.find(here.token));
        CHECK_FALSE(residents.sessions.find(elsewhere.token));
        CHECK(residents.sessions.find(neighbour.token));

        residents.accounts.remove_password({session.subject}, at_home.device);
        CHECK_FALSE(residents.accounts.enter_by_password("anna@example.org", good_password, at_home, {}));
        const auto account = residents.accounts.find({session.subject});
        CHECK_FALSE(account->password_hash);
        CHECK(residents.events(session).back() == "password_removed");
    });
}

TEST_CASE("logins are forgotten after 90 days, changes of the account are not")
{
    with_residents([](Residents& residents) {
        const auto session = residents.enter();
        residents.set_password(session);
        residents.clock.advance(std::chrono::days(89));
        residents.enter();
        residents.clock.advance(std::chrono::days(2));

        residents.accounts.purge();

        CHECK(residents.events(session) == Kinds{"created", "password_set", "login_link"});
    });
}

TEST_CASE("somebody sees where they are logged in, and ends one session or all others, their own only")
{
    with_residents([](Residents& residents) {
        const auto enter = [&](const std::string& email, const Arrival& arrival) {
            return residents.accounts.enter_by_link(residents.link(email), arrival).value().token;
        };
        const auto train = enter("anna@example.org", on_the_train);
        residents.clock.advance(10min);
        const auto home = enter("anna@example.org", at_home);
        const auto other = enter("anna@example.org", {});
        const auto neighbour = enter("bruno@example.org", at_home);
        const auto session = residents.sessions.find(home).value();
        const AccountId anna{session.subject};
        residents.clock.advance(5min);
        REQUIRE(residents.sessions.find(train));

        const auto open = residents.accounts.open_sessions(anna);
        REQUIRE(open.size() == 3);
        CHECK(open.back().device == on_the_train.device);
        CHECK(open.back().session.begun_at == residents.clock.now() - 15min);
        CHECK(open.back().last_seen_at == residents.clock.now());

        const auto stranger = residents.sessions.find(neighbour).value();
        residents.accounts.end_session(anna, stranger.id, {});
        CHECK(residents.sessions.find(neighbour));
        residents.accounts.end_session(anna, open.back().session.id, {});
        CHECK_FALSE(residents.sessions.find(train));
        CHECK(residents.sessions.find(other));

        residents.accounts.end_other_sessions(anna, session.id, {});
        CHECK_FALSE(residents.sessions.find(other));
        CHECK(residents.sessions.find(home));
        CHECK(residents.sessions.find(neighbour));
        const auto events = residents.events(session);
        CHECK(std::ranges::count(events, "session_ended") == 1);
        CHECK(events.back() == "other_sessions_ended");
    });
}

TEST_CASE("a session that has run out is not listed any more")
{
    with_residents([](Residents& residents) {
        const auto session = residents.enter();
        residents.clock.advance(61min);
        const auto later = residents.enter();

        const auto open = residents.accounts.open_sessions({session.subject});

        REQUIRE(open.size() == 1);
        CHECK(open.front().session.id == later.id);
    });
}
