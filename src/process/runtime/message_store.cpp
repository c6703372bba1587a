#include "process/runtime/message_store.hpp"

#include "process/runtime/stored.hpp"

namespace runtime {

using sql::Statement;
using stored::milliseconds;

void MessageStore::lock(std::string_view name, std::string_view correlation_key)
{
    std::string lock = "message\n" + tenant_.text + "\n";
    lock += name;
    lock += '\n';
    lock += correlation_key;
    transaction_.lock(lock);
}

bool MessageStore::is_known(const Message& message) const
{
    static constexpr Statement select{
        "SELECT 1 FROM process_messages WHERE tenant_id = :tenant_id AND name = :name"
        " AND correlation_key = :correlation_key AND message_id = :message_id"};
    return transaction_
        .first(
            select,
            {{"tenant_id", tenant_.text},
             {"name", message.name},
             {"correlation_key", message.correlation_key},
             {"message_id", message.id}},
            [](const sql::Row&) { return true; }
        )
        .has_value();
}

bool MessageStore::add(const std::string& key, const Message& message, base::Instant expires)
{
    static constexpr Statement insert{
        "INSERT INTO process_messages (tenant_id, id, name, correlation_key, message_id, variables, expires_at)"
        " VALUES (:tenant_id, :id, :name, :correlation_key, :message_id, :variables, :expires_at)"};
    return transaction_.try_insert(
        insert,
        {{"tenant_id", tenant_.text},
         {"id", key},
         {"name", message.name},
         {"correlation_key", message.correlation_key},
         {"message_id", stored::text_or_null(message.id)},
         {"variables", stored::write(message.variables)},
         {"expires_at", milliseconds(expires)}}
    );
}

std::optional<WaitingMessage> MessageStore::find_waiting(
    std::string_view name, std::string_view correlation_key, const std::string& process_id, base::Instant now
) const
{
    static constexpr Statement select{
        "SELECT id, variables FROM process_messages message"
        " WHERE tenant_id = :tenant_id AND name = :name AND correlation_key = :correlation_key AND expires_at > :now"
        " AND NOT EXISTS (SELECT 1 FROM process_deliveries delivery WHERE delivery.tenant_id = :tenant_id"
        "  AND delivery.message = message.id AND delivery.process_id = :process_id)"
        " ORDER BY id LIMIT 1"};
    return transaction_.first(
        select,
        {{"tenant_id", tenant_.text},
         {"name", stored::text(name)},
         {"correlation_key", stored::text(correlation_key)},
         {"now", milliseconds(now)},
         {"process_id", process_id}},
        [](const sql::Row& row) {
            return WaitingMessage{.key = row.text(0), .variables = stored::read_variables(row.text(1))};
        }
    );
}

void MessageStore::note_delivery(const std::string& key, const std::string& process_id)
{
    static constexpr Statement insert{
        "INSERT INTO process_deliveries (tenant_id, message, process_id) VALUES (:tenant_id, :message, :process_id)"};
    transaction_.execute_one(
        insert, {{"tenant_id", tenant_.text}, {"message", key}, {"process_id", process_id}}
    );
}

bool has_expired_messages(sql::Transaction& transaction, base::Instant now)
{
    // Canton-wide: a sweep for every tenant.
    static constexpr Statement select{"SELECT 1 FROM process_messages WHERE expires_at <= :now LIMIT 1"};
    return transaction
        .first(select, {{"now", milliseconds(now)}}, [](const sql::Row& row) { return row.integer(0); })
        .has_value();
}

std::size_t forget_expired_messages(sql::Transaction& transaction, base::Instant now)
{
    // Canton-wide: a sweep for every tenant.
    static constexpr Statement remove_expired{"DELETE FROM process_messages WHERE expires_at <= :now"};
    return static_cast<std::size_t>(transaction.execute(remove_expired, {{"now", milliseconds(now)}}));
}

}  // namespace runtime
