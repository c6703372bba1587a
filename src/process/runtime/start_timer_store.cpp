#include "process/runtime/start_timer_store.hpp"

#include "process/runtime/stored.hpp"

namespace runtime {

using sql::Statement;
using stored::milliseconds;

void StartTimerStore::forget(const base::TenantId& tenant, const std::string& process_id)
{
    static constexpr Statement remove_all{
        "DELETE FROM process_start_timers WHERE tenant_id = :tenant_id AND process_id = :process_id"};
    transaction_.execute(remove_all, {{"tenant_id", tenant.text}, {"process_id", process_id}});
}

void StartTimerStore::add(const StartTimerRow& row)
{
    static constexpr Statement insert{
        "INSERT INTO process_start_timers (tenant_id, process_id, element, part, due_at, cycle, repetitions)"
        " VALUES (:tenant_id, :process_id, :element, :part, :due_at, :cycle, :repetitions)"};
    transaction_.execute_one(
        insert,
        {{"tenant_id", row.tenant.text},
         {"process_id", row.process_id},
         {"element", row.element},
         {"part", row.part},
         {"due_at", milliseconds(row.due)},
         {"cycle", row.cycle},
         {"repetitions", row.repetitions}}
    );
}

bool StartTimerStore::remove(const StartTimerRow& row)
{
    static constexpr Statement remove_row{
        "DELETE FROM process_start_timers WHERE tenant_id = :tenant_id AND process_id = :process_id"
        " AND element = :element AND part = :part AND due_at = :due_at"};
    return transaction_.execute(
               remove_row,
               {{"tenant_id", row.tenant.text},
                {"process_id", row.process_id},
                {"element", row.element},
                {"part", row.part},
                {"due_at", milliseconds(row.due)}}
           ) == 1;
}

bool StartTimerStore::move(const StartTimerRow& row, base::Instant due, std::int64_t repetitions)
{
    static constexpr Statement update{
        "UPDATE process_start_timers SET due_at = :next_due_at, repetitions = :repetitions"
        " WHERE tenant_id = :tenant_id AND process_id = :process_id"
        " AND element = :element AND part = :part AND due_at = :due_at"};
    return transaction_.execute(
               update,
               {{"next_due_at", milliseconds(due)},
                {"repetitions", repetitions},
                {"tenant_id", row.tenant.text},
                {"process_id", row.process_id},
                {"element", row.element},
                {"part", row.part},
                {"due_at", milliseconds(row.due)}}
           ) == 1;
}

std::vector<StartTimerRow> StartTimerStore::due(base::Instant now, std::size_t most) const
{
    static constexpr Statement select{
        "SELECT tenant_id, process_id, element, part, due_at, cycle, repetitions FROM process_start_timers"
        " WHERE due_at <= :now ORDER BY due_at LIMIT :most"};
    return transaction_.all(
        select,
        {{"now", milliseconds(now)}, {"most", static_cast<std::int64_t>(most)}},
        [](const sql::Row& row) {
            return StartTimerRow{
                .tenant{row.text(0)},
                .process_id = row.text(1),
                .element = row.text(2),
                .part = row.integer(3),
                .due = stored::instant(row.integer(4)),
                .cycle = row.text(5),
                .repetitions = row.integer(6),
            };
        }
    );
}

}  // namespace runtime
