#include "app/demo_data.hpp"

#include "kit/sql/database.hpp"
#include "platform/catalog/offers.hpp"
#include "platform/connectors/connector_store.hpp"
#include "platform/identity/sessions.hpp"
#include "platform/payments/account_store.hpp"
#include "platform/tenancy/load_canton.hpp"
#include "platform/tenancy/municipalities.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace app {

namespace {

std::string read_example(const std::string& name)
{
    const std::string path = "examples/aargau/" + name;
    std::ifstream stream(path);
    if (!stream)
        throw std::runtime_error("cannot read " + path + ": the demo starts in the project's folder");
    return {std::istreambuf_iterator<char>(stream), {}};
}

void must(const base::Result<>& result, std::string_view what)
{
    if (!result)
        throw std::runtime_error(std::string(what) + ": " + result.error().detail);
}

void load_canton(sql::Database& database, const base::Clock& clock, const std::vector<std::string>& services)
{
    auto transaction = database.begin_across_tenants();
    const auto municipalities = read_example("municipalities.csv");
    const auto localities = read_example("localities.csv");
    const auto former = read_example("former.csv");
    const auto responsibilities = read_example("responsibilities.csv");
    must(
        tenancy::load_canton(transaction, {municipalities, localities, former, responsibilities}),
        "examples/aargau"
    );
    must(
        catalog::load_offers(transaction, read_example("offers.csv"), services, clock.now()),
        "examples/aargau/offers.csv"
    );
    transaction.commit();
}

void add_clerks(sql::Database& database, const base::Clock& clock, base::Random& random)
{
    identity::Sessions sessions(database, clock, random);
    for (const auto& clerk : demo_clerks()) {
        const identity::NewUser user{
            {std::string(clerk.bfs_number)},
            std::string(clerk.email),
            std::string(clerk.name),
            std::string(demo_password),
            {identity::Role::clerk}};
        must(sessions.add_user(user), clerk.email);
    }
}

// The sandbox knows these keys for every municipality.
void connect(
    sql::Transaction& transaction,
    const crypto::Sealer& sealer,
    const std::string& bfs_number,
    const std::string& registers
)
{
    payments::AccountStore(transaction, sealer)
        .save({"gemeinde-" + bfs_number, "demo-api-" + bfs_number, "demo-signing-" + bfs_number});
    connectors::ConnectorStore(transaction, sealer)
        .save({registers + "/" + bfs_number, "demo-connector-" + bfs_number});
}

}  // namespace

std::vector<DemoClerk> demo_clerks()
{
    return {
        {"4001", "beat.amsler@aarau.example", "Beat Amsler"},
        {"4001", "carla.bossi@aarau.example", "Carla Bossi"},
        {"4021", "denise.egli@baden.example", "Denise Egli"},
        {"4095", "fabio.graf@brugg.example", "Fabio Graf"},
    };
}

void load_demo(
    sql::Database& database,
    const crypto::Sealer& sealer,
    const base::Clock& clock,
    base::Random& random,
    const std::vector<std::string>& services,
    const std::string& registers_address
)
{
    const auto all = [&] {
        auto transaction = database.begin_read(tenancy::canton_tenant());
        return tenancy::Municipalities::load(transaction);
    };
    if (all().all().empty()) {
        load_canton(database, clock, services);
        add_clerks(database, clock, random);
    }
    const auto municipalities = all();
    for (const auto& municipality : municipalities.all()) {
        if (!municipality.participates)
            continue;
        auto transaction = database.begin(municipality.tenant());
        connect(transaction, sealer, std::to_string(municipality.bfs_number), registers_address);
        transaction.commit();
    }
}

}  // namespace app
