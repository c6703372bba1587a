#include "kit/sql/database.hpp"
#include "platform/tenancy/load_canton.hpp"
#include "platform/tenancy/municipalities.hpp"
#include "platform/tenancy/resources.hpp"
#include "testing/databases.hpp"
#include "testing/files.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace tenancy;

namespace {

struct Files {
    std::string municipalities = testing::read_source("examples/aargau/municipalities.csv");
    std::string localities = testing::read_source("examples/aargau/localities.csv");
    std::string former = testing::read_source("examples/aargau/former.csv");

    std::string responsibilities = testing::read_source("examples/aargau/responsibilities.csv");

    CantonFiles view() const { return {municipalities, localities, former, responsibilities}; }
};

Municipalities load_demo(sql::Database& database)
{
    auto transaction = database.begin(canton_tenant());
    REQUIRE(load_canton(transaction, Files().view()));
    transaction.commit();
    auto reading = database.begin_read(canton_tenant());
    return Municipalities::load(reading);
}

// The demo canton, on SQLite.
struct Fixture {
    Fixture()
    {
        database.migrate(resources::migrations());
        municipalities.emplace_back(load_demo(database));
    }
    const Municipalities& canton() const { return municipalities.front(); }
    std::vector<std::string> names_of(std::string_view query) const
    {
        std::vector<std::string> names;
        for (const auto& match : canton().search(query))
            names.push_back(match.municipality->name);
        return names;
    }

    sql::Database database{"sqlite::memory:"};
    std::vector<Municipalities> municipalities;
};

}  // namespace

TEST_CASE("the demo canton has 196 municipalities, 172 of them taking part, on both databases")
{
    testing::for_each_database({resources::migrations()}, [](sql::Database& database) {
        const auto canton = load_demo(database);

        CHECK(canton.all().size() == 196);
        CHECK(std::ranges::count_if(canton.all(), &Municipality::participates) == 172);
        const auto* aarau = canton.find_by_bfs(4001);
        REQUIRE(aarau != nullptr);
        CHECK(aarau->name == "Aarau");
        CHECK(aarau->office.postal_code == "5000");
        CHECK(aarau->office.opening_hours.size() == 2);
        CHECK(aarau->location.latitude == 47'400'580);
        CHECK(aarau->tenant().text == "4001");
    });
}

TEST_CASE("loading the canton again replaces what was there")
{
    testing::for_each_database({resources::migrations()}, [](sql::Database& database) {
        load_demo(database);

        CHECK(load_demo(database).all().size() == 196);
    });
}

TEST_CASE("the canton can be loaded by whoever serves all tenants, and everybody can read it")
{
    testing::for_each_database({resources::migrations()}, [](sql::Database& database) {
        auto transaction = database.begin_across_tenants();
        REQUIRE(load_canton(transaction, Files().view()));
        transaction.commit();

        auto reading = database.begin_read({"4001"});
        CHECK(Municipalities::load(reading).all().size() == 196);
    });
}

TEST_CASE_FIXTURE(Fixture, "a municipality is found by the beginning of its name, the larger one first")
{
    const auto names = names_of("Brug");

    REQUIRE_FALSE(names.empty());
    CHECK(names.front() == "Brugg");
}

TEST_CASE_FIXTURE(Fixture, "a name is found however its umlauts are typed")
{
    CHECK(names_of("moehlin").front() == "Möhlin");
    CHECK(names_of("Mohlin").front() == "Möhlin");
    CHECK(names_of("MÖHLIN").front() == "Möhlin");
}

TEST_CASE_FIXTURE(Fixture, "a mistyped name is forgiven, but does not disturb a name that fits")
{
    CHECK(names_of("Lenzbrug").front() == "Lenzburg");
    CHECK(names_of("Wettigen").front() == "Wettingen");
    CHECK(names_of("Baden") == std::vector<std::string>{"Baden"});
}

TEST_CASE_FIXTURE(Fixture, "a postal code finds every municipality that has a share in it, however small")
{
    const auto matches = canton().search("4303");

    REQUIRE(matches.size() == 2);
    CHECK(matches[0].municipality->name == "Kaiseraugst");
    CHECK(matches[1].municipality->name == "Rheinfelden");
    CHECK(matches[1].locality->name == "Kaiseraugst");
}

TEST_CASE_FIXTURE(Fixture, "postal code and place may be typed together")
{
    const auto matches = canton().search("5200 Brugg");

    REQUIRE_FALSE(matches.empty());
    CHECK(matches.front().municipality->name == "Brugg");
    CHECK_FALSE(canton().search("5200 Timbuktu").empty());
}

TEST_CASE_FIXTURE(Fixture, "a locality without a municipality of its own finds the one it lies in")
{
    const auto matches = canton().search("Rombach");

    REQUIRE_FALSE(matches.empty());
    CHECK(matches.front().municipality->name == "Küttigen");
    REQUIRE(matches.front().locality != nullptr);
    CHECK(matches.front().locality->postal_code == "5022");
}

TEST_CASE_FIXTURE(Fixture, "the name of a former municipality finds its successor and the year of the merger")
{
    const auto matches = canton().search("Villnachern");

    REQUIRE_FALSE(matches.empty());
    CHECK(matches.front().municipality->name == "Brugg");
    REQUIRE(matches.front().former != nullptr);
    CHECK(matches.front().former->year == 2026);
    CHECK(canton().search("Burg").size() >= 1);
    CHECK(names_of("Bözen").front() == "Böztal");
}

TEST_CASE_FIXTURE(Fixture, "addresses may hold the slug, the BFS number or that of a former municipality")
{
    CHECK(canton().find_by_address("brugg")->bfs_number == 4095);
    CHECK(canton().find_by_address("4095")->slug == "brugg");
    CHECK(canton().find_by_address("4122")->slug == "brugg");
    CHECK(canton().find_by_address("4095x") == nullptr);
    CHECK(canton().find_by_address("konto") == nullptr);
}

TEST_CASE_FIXTURE(Fixture, "nonsense and nothing find nothing")
{
    CHECK(canton().search("").empty());
    CHECK(canton().search("  -  ").empty());
    CHECK(canton().search("qwertzuiop").empty());
    CHECK(canton().search("99999").empty());
    CHECK(canton().search(std::string(10000, 'a')).empty());
}

TEST_CASE_FIXTURE(Fixture, "data that cannot be right is refused by line, and nothing is lost")
{
    Files files;
    files.localities = "postal_code,name,bfs_number,share\n5000,Aarau,9998,100000\n";
    auto transaction = database.begin(canton_tenant());

    const auto refused = load_canton(transaction, files.view());

    REQUIRE_FALSE(refused);
    CHECK(refused.error().detail == "localities.csv:2: no valid bfs_number");
    CHECK(Municipalities::load(transaction).all().size() == 196);
}

TEST_CASE("opening hours are read as OpenStreetMap writes them, and nothing else is")
{
    const auto spans = parse_opening_hours("Mo-We 08:00-11:30,14:00-17:00; Th 08:00-18:30");

    REQUIRE(spans);
    REQUIRE(spans->size() == 2);
    CHECK(spans->front().last_day == 3);
    CHECK(spans->front().times[1].second == std::chrono::minutes(17 * 60));
    CHECK(parse_opening_hours("")->empty());
    CHECK_FALSE(parse_opening_hours("Mo-We"));
    CHECK_FALSE(parse_opening_hours("We-Mo 08:00-09:00"));
    CHECK_FALSE(parse_opening_hours("Mo 09:00-08:00"));
    CHECK_FALSE(parse_opening_hours("Mo 8:00-9:00"));
}
