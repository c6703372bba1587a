#include "platform/catalog/offers.hpp"

#include "base/csv.hpp"
#include "kit/sql/database.hpp"

#include <charconv>

namespace catalog {

namespace {

constexpr sql::Statement upsert_offer = R"sql(
    INSERT INTO offers (tenant_id, service_id, is_offered, since)
    VALUES (:tenant_id, :service_id, :is_offered, :since)
    ON CONFLICT (tenant_id, service_id) DO UPDATE SET is_offered = :is_offered, since = :since
    WHERE offers.is_offered <> :is_offered)sql";
constexpr sql::Statement select_offer = R"sql(
    SELECT is_offered FROM offers WHERE tenant_id = :tenant_id AND service_id = :service_id)sql";
constexpr sql::Statement select_offered = R"sql(
    SELECT service_id FROM offers WHERE tenant_id = :tenant_id AND is_offered = 1 ORDER BY service_id)sql";
constexpr sql::Statement select_offering = R"sql(
    SELECT tenant_id FROM offers WHERE service_id = :service_id AND is_offered = 1)sql";

// Offering what is offered already changes nothing, not even the day since when.
void set_offer(
    sql::Transaction& transaction,
    const std::string& tenant,
    std::string_view service_id,
    bool is_offered,
    base::Instant now
)
{
    transaction.execute(
        upsert_offer,
        {{"tenant_id", tenant},
         {"service_id", std::string(service_id)},
         {"is_offered", is_offered ? 1 : 0},
         {"since", now.time_since_epoch().count()}}
    );
}

}  // namespace

void Offers::switch_on(sql::Transaction& transaction, std::string_view service_id) const
{
    set_offer(transaction, transaction.tenant().text, service_id, true, clock_.now());
}

void Offers::switch_off(sql::Transaction& transaction, std::string_view service_id) const
{
    set_offer(transaction, transaction.tenant().text, service_id, false, clock_.now());
}

bool Offers::is_offered(sql::Transaction& transaction, std::string_view service_id) const
{
    return transaction
        .first(
            select_offer,
            {{"tenant_id", transaction.tenant().text}, {"service_id", std::string(service_id)}},
            [](const sql::Row& row) { return row.integer(0) != 0; }
        )
        .value_or(false);
}

std::set<std::string> Offers::offered(sql::Transaction& transaction) const
{
    std::set<std::string> services;
    transaction.query(select_offered, {{"tenant_id", transaction.tenant().text}}, [&](const sql::Row& row) {
        services.insert(row.text(0));
    });
    return services;
}

std::set<int> Offers::offering(sql::Transaction& transaction, std::string_view service_id) const
{
    std::set<int> numbers;
    transaction.query(select_offering, {{"service_id", std::string(service_id)}}, [&](const sql::Row& row) {
        const std::string tenant = row.text(0);
        int number = 0;
        const auto [stop, error] = std::from_chars(tenant.data(), tenant.data() + tenant.size(), number);
        if (error == std::errc())
            numbers.insert(number);
    });
    return numbers;
}

base::Result<> load_offers(
    sql::Transaction& transaction,
    std::string_view csv,
    const std::vector<std::string>& services,
    base::Instant now
)
{
    const auto rows = base::Csv::parse("offers.csv", csv, {"service_id", "bfs_number", "offered"});
    if (!rows)
        return rows.error();
    for (const auto& row : rows->rows()) {
        const bool is_offered = row.values[2] == "yes";
        if (!is_offered && row.values[2] != "no")
            return base::fail(
                base::ErrorKind::invalid,
                "catalog.invalid_data",
                "offers.csv:" + std::to_string(row.line) + ": offered: yes or no expected"
            );
        const std::vector<std::string> one{row.values[0]};
        for (const auto& service : row.values[0] == "*" ? services : one)
            set_offer(transaction, row.values[1], service, is_offered, now);
    }
    return base::Done{};
}

}  // namespace catalog
