#include "process/runtime/waiting_store.hpp"

#include "process/runtime/stored.hpp"

namespace runtime {

namespace {

using sql::Statement;
using stored::milliseconds;

const char* name_of(EventKind kind)
{
    return kind == EventKind::message ? "message" : "signal";
}

// Of a row with id, instance_id, business_key, process_id, element, kind, message, raised_at, element_name,
// element_number.
Incident read_incident(const sql::Row& row, const base::TenantId& tenant)
{
    return {
        .id{row.text(0)},
        .tenant = tenant,
        .instance{row.text(1)},
        .business_key = row.text(2),
        .process_id = row.text(3),
        .element = row.text(4),
        .element_name = row.text(8),
        .kind = row.text(5),
        .message = row.text(6),
        .raised_at = stored::instant(row.integer(7)),
        .element_number = row.integer(9),
    };
}

constexpr Statement delete_timer{
    "DELETE FROM process_timers"
    " WHERE tenant_id = :tenant_id AND instance_id = :instance_id AND number = :number"};

}  // namespace

void WaitingStore::add_timer(const InstanceId& instance, std::int64_t number, base::Instant due)
{
    static constexpr Statement insert{"INSERT INTO process_timers (tenant_id, instance_id, number, due_at)"
                                      " VALUES (:tenant_id, :instance_id, :number, :due_at)"};
    transaction_.execute_one(
        insert,
        {{"tenant_id", tenant_.text},
         {"instance_id", instance.text},
         {"number", number},
         {"due_at", milliseconds(due)}}
    );
}

bool WaitingStore::take_timer(const InstanceId& instance, std::int64_t number)
{
    return transaction_.execute(
               delete_timer, {{"tenant_id", tenant_.text}, {"instance_id", instance.text}, {"number", number}}
           ) == 1;
}

void WaitingStore::remove_timer(const InstanceId& instance, std::int64_t number)
{
    transaction_.execute_any(
        delete_timer, {{"tenant_id", tenant_.text}, {"instance_id", instance.text}, {"number", number}}
    );
}

void WaitingStore::postpone_timer(const InstanceId& instance, std::int64_t number, base::Instant due)
{
    static constexpr Statement update{
        "UPDATE process_timers SET due_at = :due_at"
        " WHERE tenant_id = :tenant_id AND instance_id = :instance_id AND number = :number"};
    // None is changed when the timer is gone meanwhile.
    transaction_.execute(
        update,
        {{"due_at", milliseconds(due)},
         {"tenant_id", tenant_.text},
         {"instance_id", instance.text},
         {"number", number}}
    );
}

void WaitingStore::add_subscription(const Subscription& subscription, base::Instant now)
{
    static constexpr Statement insert{
        "INSERT INTO process_subscriptions"
        " (tenant_id, instance_id, number, process_id, kind, name, correlation_key, created_at)"
        " VALUES (:tenant_id, :instance_id, :number, :process_id, :kind, :name, :correlation_key, :created_at)"};
    transaction_.execute_one(
        insert,
        {{"tenant_id", tenant_.text},
         {"instance_id", subscription.instance.text},
         {"number", subscription.number},
         {"process_id", subscription.process_id},
         {"kind", name_of(subscription.kind)},
         {"name", subscription.name},
         {"correlation_key", subscription.correlation_key},
         {"created_at", milliseconds(now)}}
    );
}

void WaitingStore::remove_subscription(const InstanceId& instance, std::int64_t number)
{
    static constexpr Statement remove_row{
        "DELETE FROM process_subscriptions"
        " WHERE tenant_id = :tenant_id AND instance_id = :instance_id AND number = :number"};
    transaction_.execute_any(
        remove_row, {{"tenant_id", tenant_.text}, {"instance_id", instance.text}, {"number", number}}
    );
}

std::vector<Subscription>
WaitingStore::subscribers(EventKind kind, std::string_view name, std::string_view correlation_key) const
{
    static constexpr Statement select{
        "SELECT instance_id, number, process_id FROM process_subscriptions"
        " WHERE tenant_id = :tenant_id AND kind = :kind AND name = :name AND correlation_key = :correlation_key"
        " ORDER BY created_at, instance_id, number"};
    return transaction_.all(
        select,
        {{"tenant_id", tenant_.text},
         {"kind", name_of(kind)},
         {"name", stored::text(name)},
         {"correlation_key", stored::text(correlation_key)}},
        [&](const sql::Row& row) {
            return Subscription{
                .instance{row.text(0)},
                .number = row.integer(1),
                .process_id = row.text(2),
                .kind = kind,
                .name = std::string(name),
                .correlation_key = std::string(correlation_key),
            };
        }
    );
}

void WaitingStore::add_incident(const Incident& incident, std::int64_t number)
{
    static constexpr Statement insert{
        "INSERT INTO process_incidents (tenant_id, id, instance_id, number, element, element_name, kind,"
        " message, raised_at, element_number)"
        " VALUES (:tenant_id, :id, :instance_id, :number, :element, :element_name, :kind, :message,"
        " :raised_at, :element_number)"};
    transaction_.execute_one(
        insert,
        {{"tenant_id", tenant_.text},
         {"id", incident.id.text},
         {"instance_id", incident.instance.text},
         {"number", number},
         {"element", incident.element},
         {"element_name", incident.element_name},
         {"kind", incident.kind},
         {"message", incident.message},
         {"raised_at", milliseconds(incident.raised_at)},
         {"element_number", incident.element_number}}
    );
}

std::optional<WaitingStore::IncidentRow> WaitingStore::find_incident(const IncidentId& id) const
{
    static constexpr Statement select{
        "SELECT incident.id, incident.instance_id, instance.business_key, instance.process_id, incident.element,"
        " incident.kind, incident.message, incident.raised_at, incident.element_name, incident.element_number, incident.number"
        " FROM process_incidents incident JOIN process_instances instance"
        " ON instance.tenant_id = incident.tenant_id AND instance.id = incident.instance_id"
        " WHERE incident.tenant_id = :tenant_id AND incident.id = :id"};
    return transaction_
        .first(select, {{"tenant_id", tenant_.text}, {"id", id.text}}, [&](const sql::Row& row) {
            return IncidentRow{.incident = read_incident(row, tenant_), .number = row.integer(10)};
        });
}

std::vector<Incident> WaitingStore::incidents(std::size_t most) const
{
    static constexpr Statement select{
        "SELECT incident.id, incident.instance_id, instance.business_key, instance.process_id, incident.element,"
        " incident.kind, incident.message, incident.raised_at, incident.element_name, incident.element_number"
        " FROM process_incidents incident JOIN process_instances instance"
        " ON instance.tenant_id = incident.tenant_id AND instance.id = incident.instance_id"
        " WHERE incident.tenant_id = :tenant_id ORDER BY incident.raised_at, incident.id LIMIT :most"};
    return transaction_.all(
        select,
        {{"tenant_id", tenant_.text}, {"most", static_cast<std::int64_t>(most)}},
        [&](const sql::Row& row) { return read_incident(row, tenant_); }
    );
}

std::vector<Incident> WaitingStore::incidents_of(const InstanceId& instance) const
{
    static constexpr Statement select{
        "SELECT incident.id, incident.instance_id, instance.business_key, instance.process_id, incident.element,"
        " incident.kind, incident.message, incident.raised_at, incident.element_name, incident.element_number"
        " FROM process_incidents incident JOIN process_instances instance"
        " ON instance.tenant_id = incident.tenant_id AND instance.id = incident.instance_id"
        " WHERE incident.tenant_id = :tenant_id AND incident.instance_id = :instance_id"
        " ORDER BY incident.number"};
    return transaction_.all(
        select,
        {{"tenant_id", tenant_.text}, {"instance_id", instance.text}},
        [&](const sql::Row& row) { return read_incident(row, tenant_); }
    );
}

void WaitingStore::rename_incident(
    const InstanceId& instance, std::int64_t number, const std::string& element, const std::string& name
)
{
    static constexpr Statement update{
        "UPDATE process_incidents SET element = :element, element_name = :element_name"
        " WHERE tenant_id = :tenant_id AND instance_id = :instance_id AND number = :number"};
    transaction_.execute_one(
        update,
        {{"element", element},
         {"element_name", name},
         {"tenant_id", tenant_.text},
         {"instance_id", instance.text},
         {"number", number}}
    );
}

void WaitingStore::remove_incident(const InstanceId& instance, std::int64_t number)
{
    static constexpr Statement remove_row{
        "DELETE FROM process_incidents"
        " WHERE tenant_id = :tenant_id AND instance_id = :instance_id AND number = :number"};
    transaction_.execute_any(
        remove_row, {{"tenant_id", tenant_.text}, {"instance_id", instance.text}, {"number", number}}
    );
}

std::vector<TimerRow> due_timers(sql::Transaction& transaction, base::Instant now, std::size_t most)
{
    static constexpr Statement select{
        "SELECT tenant_id, instance_id, number, due_at FROM process_timers WHERE due_at <= :now"
        " ORDER BY due_at, tenant_id, instance_id, number LIMIT :most"};
    return transaction.all(
        select,
        {{"now", milliseconds(now)}, {"most", static_cast<std::int64_t>(most)}},
        [](const sql::Row& row) {
            return TimerRow{
                .tenant{row.text(0)},
                .instance{row.text(1)},
                .number = row.integer(2),
                .due = stored::instant(row.integer(3)),
            };
        }
    );
}

std::vector<Load::Count> count_incidents(sql::Transaction& transaction)
{
    static constexpr Statement select{"SELECT tenant_id, count(*) FROM process_incidents GROUP BY tenant_id"};
    return transaction.all(select, {}, [](const sql::Row& row) {
        return Load::Count{.tenant{row.text(0)}, .name = {}, .count = row.integer(1)};
    });
}

}  // namespace runtime
