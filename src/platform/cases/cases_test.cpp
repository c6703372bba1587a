#include "kit/crypto/sealer.hpp"
#include "kit/sql/database.hpp"
#include "platform/cases/cases.hpp"
#include "platform/cases/messages.hpp"
#include "platform/cases/ratings.hpp"
#include "platform/cases/resources.hpp"
#include "testing/databases.hpp"
#include "testing/fixed_clock.hpp"
#include "testing/repeatable_random.hpp"

#include <doctest/doctest.h>

using namespace cases;
using namespace std::chrono_literals;

namespace {

const base::TenantId aarau{"4001"};
const base::TenantId baden{"4021"};

struct Office {
    explicit Office(sql::Database& kept) : database(kept) {}

    sql::Database& database;
    testing::FixedClock clock;
    testing::RepeatableRandom random;
    crypto::Sealer sealer = crypto::Sealer::from_keys("test:" + std::string(64, 'a'), random).value();
    Cases cases{clock, random, sealer};

    Opened open(const std::string& draft, const base::TenantId& tenant = aarau)
    {
        NewCase wanted;
        wanted.service_id = "hauptwohnsitzbescheinigung";
        wanted.answers =
            json::Object{{"person.last_name", "Győri"}, {"person.first_name", "Anna"}, {"copies", 1}};
        wanted.email = "Anna@Example.org";
        wanted.date_of_birth = "1990-02-28";
        wanted.order_key = draft;
        auto transaction = database.begin(tenant);
        auto opened = cases.open(transaction, wanted);
        transaction.commit();
        return opened;
    }

    base::Result<> change(const CaseId& id, State state, const base::TenantId& tenant = aarau)
    {
        auto transaction = database.begin(tenant);
        auto changed = cases.change_state(transaction, id, state, "system");
        transaction.commit();
        return changed;
    }
};

void with_office(const std::function<void(Office&)>& test)
{
    testing::for_each_database({resources::migrations()}, [&](sql::Database& database) {
        Office office(database);
        test(office);
    });
}

}  // namespace

TEST_CASE("a case is kept whole and found again by its id, its reference and its link")
{
    with_office([](Office& office) {
        const auto opened = office.open("draft-1");

        auto transaction = office.database.begin_read_across_tenants();
        const auto by_link = office.cases.find_by_link(transaction, opened.link_token);

        REQUIRE(by_link);
        CHECK(by_link->id == opened.opened_case.id);
        CHECK(by_link->tenant == aarau);
        CHECK(by_link->answers.text_of("person.last_name") == "Győri");
        CHECK(by_link->date_of_birth == "1990-02-28");
        CHECK(by_link->state == State::awaiting_payment);
        CHECK(by_link->reference.starts_with("AG-4001-"));
        CHECK_FALSE(office.cases.find_by_link(transaction, "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"));
    });
}

TEST_CASE("submitting a draft twice gives one case")
{
    with_office([](Office& office) {
        const auto first = office.open("draft-1");
        const auto second = office.open("draft-1");

        CHECK(first.is_new);
        CHECK_FALSE(second.is_new);
        CHECK(second.opened_case.id == first.opened_case.id);
        CHECK(second.link_token.empty());
        CHECK(office.open("draft-2").opened_case.id != first.opened_case.id);
    });
}

TEST_CASE("a municipality does not see the cases of another")
{
    with_office([](Office& office) {
        const auto opened = office.open("draft-1").opened_case;

        auto transaction = office.database.begin_read(baden);

        CHECK_FALSE(office.cases.find(transaction, opened.id));
        CHECK_FALSE(office.cases.find_by_reference(transaction, opened.reference));
        CHECK(office.cases.inbox(transaction, {}).total == 0);
    });
}

TEST_CASE("only the listed changes of state can happen, and each is in the history")
{
    with_office([](Office& office) {
        const auto id = office.open("draft-1").opened_case.id;

        CHECK(office.change(id, State::in_progress));
        CHECK(office.change(id, State::in_progress));  // again: nothing to do
        CHECK(office.change(id, State::completed));
        const auto too_late = office.change(id, State::refused);

        REQUIRE_FALSE(too_late);
        CHECK(too_late.error().kind == base::ErrorKind::conflict);
        auto transaction = office.database.begin_read(aarau);
        const auto history = office.cases.history(transaction, id);
        REQUIRE(history.size() == 3);
        CHECK(history[0].kind == "received");
        CHECK(history[1].kind == "in_progress");
        CHECK(history[2].kind == "completed");
    });
}

TEST_CASE("of two clerks who take a case the second is told who was first")
{
    with_office([](Office& office) {
        const auto id = office.open("draft-1").opened_case.id;

        auto transaction = office.database.begin(aarau);
        CHECK(office.cases.take(transaction, id, "Beat Amsler"));
        CHECK(office.cases.take(transaction, id, "Beat Amsler"));
        const auto second = office.cases.take(transaction, id, "Carla Bossi");

        REQUIRE_FALSE(second);
        CHECK(second.error().detail == "Beat Amsler");
    });
}

TEST_CASE("the inbox is searched by name without accents, by reference and by state")
{
    with_office([](Office& office) {
        const auto opened = office.open("draft-1").opened_case;
        office.open("draft-2");
        office.change(opened.id, State::in_progress).value();

        auto transaction = office.database.begin_read(aarau);

        CHECK(office.cases.inbox(transaction, {.search = "gyori an"}).total == 2);
        CHECK(office.cases.inbox(transaction, {.search = "50%_"}).total == 0);
        CHECK(office.cases.inbox(transaction, {.search = opened.reference}).total == 1);
        CHECK(office.cases.inbox(transaction, {.state = State::in_progress}).total == 1);
        CHECK(office.cases.inbox(transaction, {.page = 2, .page_size = 1}).cases.size() == 1);
    });
}

TEST_CASE("the account finds an address's cases of every municipality, newest first, whatever its case")
{
    with_office([](Office& office) {
        office.open("draft-1", aarau);
        office.clock.advance(1h);
        office.open("draft-2", baden);

        auto transaction = office.database.begin_read_across_tenants();
        const auto found = office.cases.of_email(transaction, "ANNA@example.ORG");

        REQUIRE(found.size() == 2);
        CHECK(found[0].tenant == baden);
        CHECK(office.cases.of_email(transaction, "other@example.org").empty());
    });
}

TEST_CASE("corrected answers and what the register said are kept sealed beside the case")
{
    with_office([](Office& office) {
        const auto id = office.open("draft-1").opened_case.id;

        auto transaction = office.database.begin(aarau);
        office.cases.correct_answers(
            transaction,
            id,
            json::Object{{"person.last_name", "Gyri"}, {"person.first_name", "Anna"}},
            "1991-02-28",
            "Beat Amsler"
        );
        office.cases.keep_register_data(transaction, id, json::Object{{"officialName", "Gyri"}});
        const auto found = office.cases.find(transaction, id);

        REQUIRE(found);
        CHECK(found->answers.text_of("person.last_name") == "Gyri");
        CHECK(found->register_data.text_of("officialName") == "Gyri");
        CHECK(office.cases.inbox(transaction, {.search = "Gyri"}).total == 1);
    });
}

TEST_CASE("every state has a name, and those that nothing follows are final")
{
    for (const auto& transition : transitions()) {
        CHECK(parse_state(name_of(transition.from)) == transition.from);
        CHECK_FALSE(is_final(transition.from));
    }
    CHECK(is_final(State::completed));
    CHECK_FALSE(parse_state("lost"));
}

TEST_CASE("a program sees page by page what has changed, and what changes meanwhile comes again")
{
    with_office([](Office& office) {
        const auto changes = [&](ChangeFilter filter, const base::TenantId& tenant = aarau) {
            auto transaction = office.database.begin_read(tenant);
            return office.cases.changes(transaction, filter).value();
        };
        const auto first = office.open("draft-1").opened_case;
        office.clock.advance(1ms);
        const auto second = office.open("draft-2").opened_case;
        office.clock.advance(1min);
        const auto third = office.open("draft-3").opened_case;
        (void)office.open("draft-4", baden);

        const auto page = changes({.most = 2});
        REQUIRE(page.size() == 2);
        CHECK(page[0].reference == first.reference);
        CHECK(page[0].applicant == "Győri Anna");
        office.clock.advance(1min);
        REQUIRE(office.change(first.id, State::in_progress));
        const auto rest = changes({.after = page[1].mark});

        REQUIRE(rest.size() == 2);
        CHECK(rest[0].reference == third.reference);
        CHECK(rest[1].reference == first.reference);
        CHECK(rest[1].state == State::in_progress);
        CHECK(changes({.state = State::awaiting_payment}).size() == 2);
        CHECK(changes({.service_id = "other"}).empty());
        CHECK(changes({.since = third.created_at}).size() == 2);
        CHECK(changes({.since = third.created_at, .after = page[0].mark}).size() == 2);
        CHECK(changes({}, baden).size() == 1);
        CHECK(second.reference == page[1].reference);
    });
}

TEST_CASE("a mark that is none is refused")
{
    with_office([](Office& office) {
        auto transaction = office.database.begin_read(aarau);

        for (const auto* mark : {"x", "12", "12x.a", "-5.a", ".a", "99999999999999999999.a"})
            CHECK_FALSE(office.cases.changes(transaction, {.after = mark}));
    });
}

TEST_CASE("a reference says whose case it is")
{
    CHECK(tenant_of_reference("AG-4001-7K3M-9QXP") == aarau);
    CHECK_FALSE(tenant_of_reference("AG4001"));
    CHECK_FALSE(tenant_of_reference("AG-4001"));
}

TEST_CASE("the cases of an address go to another one, in all municipalities, and nobody else's do")
{
    with_office([](Office& office) {
        const auto here = office.open("draft-1").opened_case;
        const auto there = office.open("draft-2", baden).opened_case;
        {
            auto transaction = office.database.begin_across_tenants();
            office.cases.change_email(transaction, "nobody@example.org", "other@example.org");
            office.cases.change_email(transaction, "ANNA@example.org", "anna@new.example");
            transaction.commit();
        }
        auto transaction = office.database.begin_read_across_tenants();
        CHECK(office.cases.of_email(transaction, "anna@example.org").empty());
        CHECK(office.cases.of_email(transaction, "other@example.org").empty());
        const auto moved = office.cases.of_email(transaction, "Anna@new.example");
        REQUIRE(moved.size() == 2);
        for (const auto& each : moved) {
            CHECK(each.email == "anna@new.example");
            CHECK(each.date_of_birth == "1990-02-28");
            CHECK((each.reference == here.reference || each.reference == there.reference));
        }
    });
}

TEST_CASE("a case is rated once, when it has ended")
{
    with_office([](Office& office) {
        const auto opened = office.open("draft-1").opened_case;
        const Ratings ratings(office.clock, office.sealer);
        const auto rate = [&](const Case& rated, int stars) {
            auto transaction = office.database.begin(aarau);
            const auto done = ratings.rate(transaction, rated, {stars, "Schnell und freundlich"});
            transaction.commit();
            return done ? std::string("rated") : done.error().message_key;
        };

        CHECK(rate(opened, 5) == "cases.too_late");
        for (const auto state : {State::in_progress, State::completed})
            REQUIRE(office.change(opened.id, state));
        auto ended = opened;
        ended.state = State::completed;
        CHECK(rate(ended, 0) == "cases.rating_missing");
        CHECK(rate(ended, 6) == "cases.rating_missing");
        CHECK(rate(ended, 4) == "rated");
        CHECK(rate(ended, 1) == "cases.rated");
        auto reading = office.database.begin_read(aarau);
        CHECK(ratings.of_case(reading, opened.id)->stars == 4);
        CHECK(ratings.of_case(reading, opened.id)->remark == "Schnell und freundlich");
    });
}

TEST_CASE("a correction is awaited from the question until the resident has corrected")
{
    const base::Instant asked_at{std::chrono::milliseconds(1000)};
    const std::vector<Message> asked{{asked_at, false, "Beat Amsler", "Wie schreibt sich Ihr Name?", true}};
    const Event by_clerk{asked_at + 1s, "corrected", "Beat Amsler", {}, false};
    const Event before{asked_at - 1s, "corrected", "resident", {}, false};
    const Event after{asked_at + 1s, "corrected", "resident", {}, false};

    CHECK_FALSE(awaits_correction({}, {}));
    CHECK(awaits_correction(asked, {}));
    CHECK(awaits_correction(asked, {before, by_clerk}));
    CHECK_FALSE(awaits_correction(asked, {before, after}));
}
