#include "features/ordering/program_order_store.hpp"

namespace ordering {

namespace {

constexpr sql::Statement insert_order{
    "INSERT INTO program_orders (tenant_id, client_id, key_hash, fingerprint, case_id, ordered_at) "
    "VALUES (:tenant_id, :client_id, :key_hash, :fingerprint, :case_id, :now)"};
constexpr sql::Statement select_order{
    "SELECT client_id, key_hash, fingerprint, case_id FROM program_orders "
    "WHERE tenant_id = :tenant_id AND client_id = :client_id AND key_hash = :key_hash"};

}  // namespace

void ProgramOrderStore::add(const ProgramOrderRow& row, base::Instant now)
{
    transaction_.execute_one(
        insert_order,
        {{"tenant_id", transaction_.tenant().text},
         {"client_id", row.client_id},
         {"key_hash", row.key_hash},
         {"fingerprint", row.fingerprint},
         {"case_id", row.case_id.text},
         {"now", std::int64_t{now.time_since_epoch().count()}}}
    );
}

std::optional<ProgramOrderRow>
ProgramOrderStore::find(const std::string& client_id, const std::string& key_hash) const
{
    return transaction_.first(
        select_order,
        {{"tenant_id", transaction_.tenant().text}, {"client_id", client_id}, {"key_hash", key_hash}},
        [](const sql::Row& row) {
            return ProgramOrderRow{row.text(0), row.text(1), row.text(2), {row.text(3)}};
        }
    );
}

}  // namespace ordering
