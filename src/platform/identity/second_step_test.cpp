// The code from the telephone, on both databases.
#include "platform/identity/account_fixture.hpp"

#include <set>

using namespace identity;

namespace {

// An account with a second step, and the telephone that makes its codes.
struct Careful {
    explicit Careful(Residents& with) : residents(with)
    {
        residents.second_step.begin(id);
        secret = residents.second_step.secret_to_confirm(id).value();
        recovery_codes = residents.second_step.confirm(id, code(), at_home.device).value();
        residents.clock.advance(5min);
    }

    std::string code(std::chrono::seconds away = 0s) const
    {
        return crypto::one_time_code(secret, crypto::code_step(residents.clock.now() + away));
    }

    std::string wrong_code() const { return code() == "000000" ? "000001" : "000000"; }

    // A login that has come as far as the code.
    std::string waiting()
    {
        const auto entry = residents.accounts.enter_by_link(residents.link(), at_home).value();
        REQUIRE(entry.needs_code);
        return entry.token;
    }

    std::string refusal(const std::string& wait_token, const std::string& typed)
    {
        const auto entry = residents.second_step.enter(wait_token, typed, at_home);
        return entry ? std::string() : entry.error().message_key;
    }

    Residents& residents;
    Session session = residents.enter();
    AccountId id{session.subject};
    std::string secret;
    std::vector<std::string> recovery_codes;
};

}  // namespace

TEST_CASE("the second step begins when somebody has proved to have the secret")
{
    with_residents([](Residents& residents) {
        const AccountId id{residents.enter().subject};
        residents.second_step.begin(id);
        const auto secret = residents.second_step.secret_to_confirm(id);
        REQUIRE(secret);
        CHECK(secret->size() == 20);
        CHECK_FALSE(residents.accounts.find(id)->has_second_step);
        residents.enter();  // goes on without a code

        const auto code = crypto::one_time_code(*secret, crypto::code_step(residents.clock.now()));
        CHECK_FALSE(residents.second_step.confirm(id, code == "123456" ? "123457" : "123456", {}));
        const auto codes = residents.second_step.confirm(id, code, {});

        REQUIRE(codes);
        CHECK(std::set(codes->begin(), codes->end()).size() == 10);
        CHECK(residents.accounts.find(id)->has_second_step);
        CHECK_FALSE(residents.second_step.secret_to_confirm(id));
        residents.second_step.begin(id);
        CHECK(residents.accounts.find(id)->has_second_step);
        CHECK_FALSE(residents.second_step.confirm(id, code, {}));
    });
}

TEST_CASE("link and password lead to the code, and only the code into the account")
{
    with_residents([](Residents& residents) {
        Careful anna(residents);
        residents.set_password(anna.session);
        const auto entry =
            residents.accounts.enter_by_password("anna@example.org", good_password, at_home, "/konto/x");
        REQUIRE(entry);
        CHECK(entry->needs_code);
        CHECK_FALSE(residents.sessions.find(entry->token));

        CHECK(anna.refusal(entry->token, "") == "identity.code_missing");
        CHECK(anna.refusal(entry->token, anna.wrong_code()) == "identity.code_wrong");
        CHECK(anna.refusal("another", anna.code()) == "identity.login_over");
        const auto code = anna.code();
        const auto opened =
            residents.second_step.enter(entry->token, code.substr(0, 3) + " " + code.substr(3), at_home);
        REQUIRE(opened);
        CHECK(opened->return_to == "/konto/x");
        CHECK(residents.sessions.find(opened->token)->subject == anna.session.subject);
        CHECK(residents.events(anna.session).back() == "login_password");
        CHECK(anna.refusal(entry->token, code) == "identity.login_over");
    });
}

TEST_CASE("a code is taken a step early and a step late, once, and after a later one no more")
{
    with_residents([](Residents& residents) {
        Careful anna(residents);
        const auto early = anna.code(30s);
        const auto now = anna.code();

        CHECK(anna.refusal(anna.waiting(), anna.code(-60s)) == "identity.code_wrong");
        CHECK(anna.refusal(anna.waiting(), anna.code(60s)) == "identity.code_wrong");
        CHECK(anna.refusal(anna.waiting(), anna.code(-30s)) == "");
        CHECK(anna.refusal(anna.waiting(), anna.code(-30s)) == "identity.code_wrong");
        CHECK(anna.refusal(anna.waiting(), early) == "");
        CHECK(anna.refusal(anna.waiting(), now) == "identity.code_wrong");
        CHECK(anna.refusal(anna.waiting(), early) == "identity.code_wrong");
    });
}

TEST_CASE("a login waits ten minutes for its code")
{
    with_residents([](Residents& residents) {
        Careful anna(residents);
        const auto token = anna.waiting();
        CHECK(residents.second_step.find_waiting(token) == anna.id);
        residents.clock.advance(11min);

        CHECK_FALSE(residents.second_step.find_waiting(token));
        CHECK(anna.refusal(token, anna.code()) == "identity.login_over");
        residents.second_step.purge();
        CHECK(anna.refusal(token, anna.code()) == "identity.login_over");
    });
}

TEST_CASE("a recovery code stands in for the telephone, once, however it is typed")
{
    with_residents([](Residents& residents) {
        Careful anna(residents);
        auto typed = anna.recovery_codes.at(3);
        std::ranges::transform(typed, typed.begin(), [](char letter) {
            return letter == '-' ? ' ' : static_cast<char>(std::tolower(letter));
        });

        CHECK(anna.refusal(anna.waiting(), typed) == "");
        CHECK(residents.second_step.recovery_codes_left(anna.id) == 9);
        CHECK(anna.refusal(anna.waiting(), anna.recovery_codes.at(3)) == "identity.code_wrong");
        CHECK(anna.refusal(anna.waiting(), anna.recovery_codes.at(4)) == "");
    });
}

TEST_CASE("after twenty wrong codes in a day only a recovery code opens, until the day is over")
{
    with_residents([](Residents& residents) {
        Careful anna(residents);
        for (int wrong = 0; wrong < 20; ++wrong)
            CHECK(anna.refusal(anna.waiting(), anna.wrong_code()) == "identity.code_wrong");

        CHECK(anna.refusal(anna.waiting(), anna.code()) == "identity.code_too_many");
        CHECK(anna.refusal(anna.waiting(), anna.recovery_codes.at(0)) == "");
        residents.clock.advance(24h + 1s);
        CHECK(anna.refusal(anna.waiting(), anna.code()) == "");
    });
}

TEST_CASE("the second step is removed by a code, and its recovery codes with it")
{
    with_residents([](Residents& residents) {
        Careful anna(residents);
        CHECK_FALSE(residents.second_step.remove(anna.id, anna.wrong_code(), {}));
        CHECK_FALSE(residents.second_step.remove(anna.id, "", {}));
        CHECK(residents.accounts.find(anna.id)->has_second_step);

        CHECK(residents.second_step.remove(anna.id, anna.code(), {}));

        CHECK_FALSE(residents.accounts.find(anna.id)->has_second_step);
        CHECK(residents.second_step.recovery_codes_left(anna.id) == 0);
        residents.enter();
        const auto events = residents.events(anna.session);
        CHECK(std::ranges::count(events, "second_step_added") == 1);
        CHECK(std::ranges::count(events, "code_wrong") == 1);
        CHECK(std::ranges::count(events, "second_step_removed") == 1);
    });
}

TEST_CASE("who sets the second step up anew need not wait for the next code")
{
    with_residents([](Residents& residents) {
        Careful anna(residents);
        REQUIRE(residents.second_step.remove(anna.id, anna.code(30s), {}));
        residents.second_step.begin(anna.id);
        const auto secret = residents.second_step.secret_to_confirm(anna.id).value();
        CHECK(secret != anna.secret);

        const auto code = crypto::one_time_code(secret, crypto::code_step(residents.clock.now()));
        CHECK(residents.second_step.confirm(anna.id, code, {}));
        CHECK(anna.refusal(anna.waiting(), anna.recovery_codes.at(0)) == "identity.code_wrong");
    });
}

TEST_CASE("the database holds neither the secret nor a recovery code in clear")
{
    with_residents([](Residents& residents) {
        const Careful anna(residents);
        constexpr sql::Statement secrets{
            "SELECT code_secret FROM resident_accounts WHERE tenant_id = 'canton'"};
        constexpr sql::Statement codes{"SELECT code_hash FROM recovery_codes WHERE tenant_id = 'canton'"};

        auto transaction = residents.database.begin_read_across_tenants();
        transaction.query(secrets, {}, [&](const sql::Row& row) {
            const auto kept = row.blob(0);
            const std::string bytes(reinterpret_cast<const char*>(kept.data()), kept.size());
            CHECK(bytes.find(anna.secret) == std::string::npos);
        });
        transaction.query(codes, {}, [&](const sql::Row& row) { CHECK(row.text(0).size() == 43); });
    });
}
