#include "features/ordering/drafts.hpp"
#include "features/ordering/resources.hpp"
#include "features/ordering/wishes.hpp"
#include "kit/crypto/sealer.hpp"
#include "kit/sql/database.hpp"
#include "testing/databases.hpp"
#include "testing/fixed_clock.hpp"
#include "testing/repeatable_random.hpp"

#include <doctest/doctest.h>

#include <functional>

using namespace ordering;

namespace {

const base::TenantId aarau{"4001"};

// A browser with a form half filled in.
struct Desk {
    explicit Desk(sql::Database& kept) : database(kept)
    {
        write([&](sql::Transaction& transaction) {
            id = drafts.begin(transaction, "anna", "hauptwohnsitzbescheinigung").id;
        });
    }

    void write(const std::function<void(sql::Transaction&)>& what)
    {
        auto transaction = database.begin(aarau);
        what(transaction);
        transaction.commit();
    }

    std::optional<Draft> find(std::string_view visitor = "anna")
    {
        auto reading = database.begin_read_across_tenants();
        return drafts.find(reading, id, visitor);
    }

    bool is_unchanged(const Draft& draft)
    {
        auto reading = database.begin_read(aarau);
        return drafts.is_unchanged(reading, draft);
    }

    sql::Database& database;
    testing::FixedClock clock;
    testing::RepeatableRandom random;
    crypto::Sealer sealer = crypto::Sealer::from_keys("test:" + std::string(64, 'a'), random).value();
    Drafts drafts{clock, random, sealer};
    DraftId id;
};

void with_desk(const std::function<void(Desk&)>& test)
{
    testing::for_each_database({resources::migrations()}, [&](sql::Database& database) {
        Desk desk(database);
        test(desk);
    });
}

}  // namespace

TEST_CASE("a draft is its browser's alone, and gone after thirty days")
{
    with_desk([](Desk& desk) {
        CHECK(desk.find());
        CHECK_FALSE(desk.find("beat"));

        desk.clock.advance(draft_lifetime);

        CHECK_FALSE(desk.find());
    });
}

TEST_CASE("a draft that another tab saved in the same moment has changed")
{
    with_desk([](Desk& desk) {
        const auto read = desk.find().value();
        CHECK(desk.is_unchanged(read));

        // The clock stands still, and the answers are the same.
        desk.write([&](sql::Transaction& transaction) {
            desk.drafts.save(transaction, desk.id, read.answers);
        });

        CHECK_FALSE(desk.is_unchanged(read));
        CHECK(desk.is_unchanged(desk.find().value()));
    });
}

TEST_CASE("a draft that was submitted or thrown away has changed")
{
    with_desk([](Desk& desk) {
        const auto read = desk.find().value();
        desk.write([&](sql::Transaction& transaction) {
            desk.drafts.mark_submitted(transaction, desk.id, {"case-1"});
        });

        CHECK_FALSE(desk.is_unchanged(read));
        CHECK(desk.find()->case_id == cases::CaseId{"case-1"});
    });
    with_desk([](Desk& desk) {
        const auto read = desk.find().value();
        desk.write([&](sql::Transaction& transaction) { desk.drafts.discard(transaction, desk.id); });

        CHECK_FALSE(desk.is_unchanged(read));
    });
}

TEST_CASE("a form is resumed in another browser by the mailed link and the code, and leaves the one before")
{
    with_desk([](Desk& desk) {
        Drafts::WayBack way;
        desk.write([&](sql::Transaction& transaction) {
            way = desk.drafts.add_link(transaction, desk.id, /*knows_birth=*/false);
        });
        const auto linked_by = [&](std::string_view token) {
            auto reading = desk.database.begin_read_across_tenants();
            return desk.drafts.find_by_link(reading, token);
        };

        CHECK_FALSE(linked_by("somebody-guesses"));
        const auto linked = linked_by(way.token);
        REQUIRE(linked);
        CHECK_FALSE(Drafts::is_code(*linked, "000000"));
        CHECK_FALSE(Drafts::is_code(*linked, ""));
        CHECK(Drafts::is_code(*linked, way.code));
        desk.write([&](sql::Transaction& transaction) {
            desk.drafts.take_over(transaction, desk.id, "annas-phone");
        });

        CHECK(desk.find("annas-phone"));
        CHECK_FALSE(desk.find("anna"));
        desk.clock.advance(draft_lifetime);
        CHECK_FALSE(linked_by(way.token));
    });
}

TEST_CASE("where the date of birth is known already, no code is given")
{
    with_desk([](Desk& desk) {
        Drafts::WayBack way;
        desk.write([&](sql::Transaction& transaction) {
            way = desk.drafts.add_link(transaction, desk.id, /*knows_birth=*/true);
        });
        auto reading = desk.database.begin_read_across_tenants();

        CHECK(way.code.empty());
        CHECK_FALSE(Drafts::is_code(*desk.drafts.find_by_link(reading, way.token), ""));
    });
}

TEST_CASE("a draft is in its owner's account, under a new address too, until it is ordered")
{
    with_desk([](Desk& desk) {
        const auto drafts_of = [&](std::string_view email) {
            auto reading = desk.database.begin_read_across_tenants();
            return desk.drafts.of_account(reading, email).size();
        };
        desk.write([&](sql::Transaction& transaction) {
            desk.drafts.bind(transaction, desk.id, "Anna@example.org");
        });

        CHECK(drafts_of("anna@example.org") == 1);
        CHECK(drafts_of("beat@example.org") == 0);
        auto moving = desk.database.begin_across_tenants();
        desk.drafts.change_account(moving, "anna@example.org", "anna.keller@example.org");
        moving.commit();
        CHECK(drafts_of("anna@example.org") == 0);
        CHECK(drafts_of("anna.keller@example.org") == 1);
        desk.write([&](sql::Transaction& transaction) {
            desk.drafts.mark_submitted(transaction, desk.id, {"case-1"});
        });
        CHECK(drafts_of("anna.keller@example.org") == 0);
    });
}

TEST_CASE("an address with an accent is somebody else's than the one without")
{
    with_desk([](Desk& desk) {
        desk.write([&](sql::Transaction& transaction) {
            desk.drafts.bind(transaction, desk.id, "ändi@example.org");
        });
        auto reading = desk.database.begin_read_across_tenants();

        CHECK(desk.drafts.of_account(reading, "andi@example.org").empty());
        CHECK(desk.drafts.of_account(reading, "ändi@example.org").size() == 1);
    });
}

TEST_CASE("who would use a service is counted once, for a year")
{
    with_desk([](Desk& desk) {
        const Wishes wishes(desk.clock);
        for (const auto* visitor : {"anna", "anna", "beat"})
            desk.write([&](sql::Transaction& transaction) { wishes.add(transaction, "parkkarte", visitor); });
        const auto count = [&](std::string_view service, std::string_view visitor) {
            auto reading = desk.database.begin_read(aarau);
            return wishes.of(reading, service, visitor);
        };

        CHECK(count("parkkarte", "anna").count == 2);
        CHECK(count("parkkarte", "anna").is_own);
        CHECK_FALSE(count("parkkarte", "carla").is_own);
        CHECK(count("zuzug", "anna").count == 0);
        desk.clock.advance(std::chrono::days(365));
        auto sweep = desk.database.begin_across_tenants();
        wishes.purge(sweep);
        sweep.commit();
        CHECK(count("parkkarte", "anna").count == 0);
    });
}
