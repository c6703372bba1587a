#include "process/runtime/history_store.hpp"

#include "process/runtime/packed_trail.hpp"
#include "process/runtime/stored.hpp"

#include <iterator>

namespace runtime {

namespace {

using sql::Statement;
using stored::milliseconds;

struct Finished {
    std::string tenant;
    std::string id;
    base::Instant forget_at;
};

void forget(sql::Transaction& transaction, const Finished& instance)
{
    static constexpr Statement remove_trail{
        "DELETE FROM process_trail WHERE tenant_id = :tenant_id AND instance_id = :id"};
    static constexpr Statement remove_values{
        "DELETE FROM process_values WHERE tenant_id = :tenant_id AND instance_id = :id"};
    static constexpr Statement remove_instance{
        "DELETE FROM process_instances WHERE tenant_id = :tenant_id AND id = :id"};
    // None is removed where another program was first.
    for (const auto& statement : {remove_trail, remove_values, remove_instance})
        transaction.execute_any(statement, {{"tenant_id", instance.tenant}, {"id", instance.id}});
}

void pack(sql::Transaction& transaction, const Finished& instance)
{
    static constexpr Statement select{
        "SELECT revision, entries FROM process_trail"
        " WHERE tenant_id = :tenant_id AND instance_id = :id AND packed IS NULL ORDER BY revision"};
    static constexpr Statement remove_former{
        "DELETE FROM process_trail"
        " WHERE tenant_id = :tenant_id AND instance_id = :id AND revision < :revision AND packed IS NULL"};
    static constexpr Statement update{
        "UPDATE process_trail SET entries = '', packed = :packed"
        " WHERE tenant_id = :tenant_id AND instance_id = :id AND revision = :revision AND packed IS NULL"};
    json::Array all;
    std::int64_t revision = 0;
    transaction
        .query(select, {{"tenant_id", instance.tenant}, {"id", instance.id}}, [&](const sql::Row& row) {
            auto entries = stored::parse(row.text(1));
            std::ranges::move(*entries.if_array(), std::back_inserter(all));
            revision = row.integer(0);
        });
    if (all.empty())
        return;
    transaction.execute_any(
        remove_former, {{"tenant_id", instance.tenant}, {"id", instance.id}, {"revision", revision}}
    );
    transaction.execute_any(
        update,
        {{"packed", stored::blob(pack_trail(json::write(all)))},
         {"tenant_id", instance.tenant},
         {"id", instance.id},
         {"revision", revision}}
    );
}

void plan_forgetting(sql::Transaction& transaction, const Finished& instance)
{
    static constexpr Statement update{
        "UPDATE process_instances SET tend_at = forget_at WHERE tenant_id = :tenant_id AND id = :id"};
    transaction.execute_any(update, {{"tenant_id", instance.tenant}, {"id", instance.id}});
}

}  // namespace

bool has_history_to_tend(sql::Transaction& transaction, base::Instant now)
{
    // Canton-wide: one sweep serves all tenants.
    static constexpr Statement select{"SELECT id FROM process_instances WHERE tend_at <= :now LIMIT 1"};
    return transaction
        .first(select, {{"now", milliseconds(now)}}, [](const sql::Row& row) { return row.text(0); })
        .has_value();
}

void tend_history(sql::Transaction& transaction, base::Instant now, std::size_t most)
{
    static constexpr Statement select{
        "SELECT tenant_id, id, forget_at FROM process_instances WHERE tend_at <= :now"
        " ORDER BY tend_at, id LIMIT :most"};
    std::vector<Finished> due;
    // Locked, so that two programs do not pack the same trail.
    transaction.query_locked(
        select,
        {{"now", milliseconds(now)}, {"most", static_cast<std::int64_t>(most)}},
        [&](const sql::Row& row) {
            due.push_back({row.text(0), row.text(1), stored::instant(row.integer(2))});
        }
    );
    for (const auto& instance : due) {
        if (instance.forget_at <= now) {
            forget(transaction, instance);
            continue;
        }
        pack(transaction, instance);
        plan_forgetting(transaction, instance);
    }
}

}  // namespace runtime
