#include "process/runtime/value_store.hpp"

#include "process/runtime/stored.hpp"

namespace runtime {

using sql::Statement;

void ValueStore::add(const InstanceId& instance, const std::string& name, const std::string& content)
{
    static constexpr Statement insert{"INSERT INTO process_values (tenant_id, instance_id, name, content)"
                                      " VALUES (:tenant_id, :instance_id, :name, :content)"};
    transaction_.execute_one(
        insert,
        {{"tenant_id", tenant_.text},
         {"instance_id", instance.text},
         {"name", name},
         {"content", stored::blob(content)}}
    );
}

std::optional<std::string> ValueStore::find(const InstanceId& instance, const std::string& name) const
{
    static constexpr Statement select{
        "SELECT content FROM process_values"
        " WHERE tenant_id = :tenant_id AND instance_id = :instance_id AND name = :name"};
    return transaction_.first(
        select,
        {{"tenant_id", tenant_.text}, {"instance_id", instance.text}, {"name", name}},
        [](const sql::Row& row) { return stored::bytes(row.blob(0)); }
    );
}

void ValueStore::remove(const InstanceId& instance, const std::string& name)
{
    static constexpr Statement remove_row{
        "DELETE FROM process_values"
        " WHERE tenant_id = :tenant_id AND instance_id = :instance_id AND name = :name"};
    transaction_.execute_one(
        remove_row, {{"tenant_id", tenant_.text}, {"instance_id", instance.text}, {"name", name}}
    );
}

}  // namespace runtime
