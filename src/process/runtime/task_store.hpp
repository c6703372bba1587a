#pragma once

#include "kit/sql/database.hpp"
#include "process/runtime/instance_store.hpp"
#include "process/runtime/values.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace runtime {

struct TaskRow {
    Task task;
    std::int64_t number = 0;  // in its instance
};

// The rows of one tenant's waiting user tasks; the only place that knows the table.
class TaskStore {
public:
    TaskStore(sql::Transaction& transaction, base::TenantId tenant)
        : transaction_(transaction), tenant_(std::move(tenant))
    {
    }

    void add(const TaskRow& row);
    std::optional<TaskRow> find(const TaskId& id) const;
    // With its instance, both as they are once nobody else changes them until the transaction ends.
    struct Locked {
        TaskRow task;
        InstanceRow instance;
    };
    std::optional<Locked> lock(const TaskId& id);
    std::vector<Task> find_all(const TaskFilter& filter) const;
    // False when somebody else has it, or it is gone.
    bool assign(const TaskId& id, std::string_view who);
    bool release(const TaskId& id);
    // Candidates, priority and dates as they now are.
    void save(const Task& task);
    // Its element has another id or name in the version to which the instance was moved.
    void rename(
        const InstanceId& instance, std::int64_t number, const std::string& element, const std::string& name
    );
    void remove(const InstanceId& instance, std::int64_t number);

private:
    sql::Transaction& transaction_;
    base::TenantId tenant_;
};

}  // namespace runtime
