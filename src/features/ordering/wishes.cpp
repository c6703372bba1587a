#include "features/ordering/wishes.hpp"

#include "kit/crypto/hashing.hpp"
#include "kit/sql/database.hpp"

namespace ordering {

namespace {

constexpr std::chrono::days remembered{365};

constexpr sql::Statement insert_wish = R"sql(
    INSERT INTO service_wishes (tenant_id, service_id, visitor_hash, wished_at)
    VALUES (:tenant_id, :service_id, :visitor_hash, :now)
    ON CONFLICT (tenant_id, service_id, visitor_hash) DO NOTHING)sql";
constexpr sql::Statement count_wishes = R"sql(
    SELECT COUNT(*), COALESCE(SUM(CASE WHEN visitor_hash = :visitor_hash THEN 1 ELSE 0 END), 0)
    FROM service_wishes WHERE tenant_id = :tenant_id AND service_id = :service_id)sql";
// Canton-wide: the sweep of what is too old, of every municipality.
constexpr sql::Statement delete_old_wishes = "DELETE FROM service_wishes WHERE wished_at <= :moment";

std::int64_t milliseconds(base::Instant instant)
{
    return instant.time_since_epoch().count();
}

}  // namespace

void Wishes::add(sql::Transaction& transaction, std::string_view service_id, std::string_view visitor) const
{
    transaction.execute(
        insert_wish,
        {{"tenant_id", transaction.tenant().text},
         {"service_id", std::string(service_id)},
         {"visitor_hash", crypto::hash_token(visitor)},
         {"now", milliseconds(clock_.now())}}
    );
}

Wishes::Count
Wishes::of(sql::Transaction& transaction, std::string_view service_id, std::string_view visitor) const
{
    return transaction
        .first(
            count_wishes,
            {{"tenant_id", transaction.tenant().text},
             {"service_id", std::string(service_id)},
             {"visitor_hash", crypto::hash_token(visitor)}},
            [](const sql::Row& row) {
                return Count{row.integer(0), row.integer(1) > 0};
            }
        )
        .value_or(Count{});
}

void Wishes::purge(sql::Transaction& transaction) const
{
    transaction.execute(delete_old_wishes, {{"moment", milliseconds(clock_.now() - remembered)}});
}

}  // namespace ordering
