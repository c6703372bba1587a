#include "features/ordering/drafts.hpp"
#include "features/ordering/resources.hpp"
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
