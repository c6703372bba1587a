// Another e-mail address for an account, on both databases.
#include "platform/identity/account_fixture.hpp"

using namespace identity;

namespace {

using Outcome = AddressChange::Outcome;
using Moves = std::vector<std::pair<std::string, std::string>>;

AddressChange::Tokens
ask(Residents& residents, const AccountId& id, const std::string& email = "Anna@New.example")
{
    auto transaction = residents.database.begin_across_tenants();
    auto tokens = residents.address_change.ask(transaction, id, email, at_home.device);
    transaction.commit();
    return tokens;
}

std::string email_of(Residents& residents, const AccountId& id)
{
    return residents.accounts.find(id).value().email;
}

}  // namespace

TEST_CASE("an address changes when both the old and the new one have confirmed, and orders follow")
{
    with_residents([](Residents& residents) {
        const auto entry = residents.accounts.enter_by_link(residents.link(), at_home).value();
        const auto session = residents.sessions.find(entry.token).value();
        const AccountId id{session.subject};
        const auto tokens = ask(residents, id);
        CHECK(residents.address_change.find_by_link(tokens.for_old_address) == "anna@new.example");
        CHECK(email_of(residents, id) == "anna@example.org");

        CHECK(
            residents.address_change.confirm(tokens.for_new_address, {}).value() == Outcome::waits_for_other
        );
        CHECK(email_of(residents, id) == "anna@example.org");
        CHECK(residents.moved_orders.empty());
        CHECK_FALSE(residents.address_change.find_by_link(tokens.for_new_address));
        CHECK_FALSE(residents.address_change.confirm(tokens.for_new_address, {}));

        CHECK(residents.address_change.confirm(tokens.for_old_address, {}).value() == Outcome::changed);
        CHECK(email_of(residents, id) == "anna@new.example");
        CHECK(residents.moved_orders == Moves{{"anna@example.org", "anna@new.example"}});
        CHECK(residents.sessions.find(entry.token)->email == "anna@new.example");
        CHECK(residents.enter("anna@new.example").subject == id.text);
        CHECK(residents.enter("anna@example.org").subject != id.text);
        const auto events = residents.events(session);
        CHECK(std::ranges::count(events, "address_asked") == 1);
        CHECK(std::ranges::count(events, "address_changed") == 1);
    });
}

TEST_CASE("a change of address that is not confirmed within a day, or asked for anew, is over")
{
    with_residents([](Residents& residents) {
        const AccountId id{residents.enter().subject};
        const auto first = ask(residents, id, "first@new.example");
        REQUIRE(residents.address_change.confirm(first.for_old_address, {}));
        const auto second = ask(residents, id, "second@new.example");

        CHECK_FALSE(residents.address_change.confirm(first.for_new_address, {}));
        CHECK(
            residents.address_change.confirm(second.for_new_address, {}).value() == Outcome::waits_for_other
        );
        residents.clock.advance(24h + 1s);
        CHECK_FALSE(residents.address_change.find_by_link(second.for_old_address));
        CHECK_FALSE(residents.address_change.confirm(second.for_old_address, {}));
        CHECK(email_of(residents, id) == "anna@example.org");
    });
}

TEST_CASE("an address that has an account is not taken over; once that is deleted it can be")
{
    with_residents([](Residents& residents) {
        const AccountId id{residents.enter().subject};
        const AccountId other{residents.enter("anna@new.example").subject};
        const auto tokens = ask(residents, id);
        REQUIRE(residents.address_change.confirm(tokens.for_old_address, {}));

        const auto refused = residents.address_change.confirm(tokens.for_new_address, {});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == base::ErrorKind::conflict);
        CHECK(email_of(residents, id) == "anna@example.org");
        CHECK(residents.moved_orders.empty());

        residents.leaving.remove(other);
        CHECK(residents.address_change.confirm(tokens.for_new_address, {}).value() == Outcome::changed);
        CHECK(email_of(residents, id) == "anna@new.example");
    });
}

TEST_CASE("a link for one purpose does nothing of another")
{
    with_residents([](Residents& residents) {
        const AccountId id{residents.enter().subject};
        const auto tokens = ask(residents, id);
        auto transaction = residents.database.begin_across_tenants();
        const auto deletion = residents.leaving.make_link(transaction, id, {});
        transaction.commit();

        CHECK_FALSE(residents.address_change.find_by_link(deletion));
        CHECK_FALSE(residents.address_change.confirm(deletion, {}));
        CHECK_FALSE(residents.leaving.find_by_link(tokens.for_old_address));
        CHECK_FALSE(residents.leaving.remove_by_link(tokens.for_old_address));
        CHECK(residents.accounts.find(id));
    });
}
