#include "process/runtime/task_store.hpp"

#include "process/runtime/stored.hpp"

namespace runtime {

namespace {

using sql::Statement;
using stored::milliseconds;

std::string write_list(const std::vector<std::string>& list)
{
    json::Array written(list.begin(), list.end());
    return json::write(written);
}

std::vector<std::string> read_list(const std::string& written)
{
    std::vector<std::string> list;
    const auto document = stored::parse(written);
    if (const auto* items = document.if_array())
        for (const auto& item : *items)
            list.emplace_back(item.string_or());
    return list;
}

// Of a row that begins with id, instance_id, number, business_key, process_id, element, name, form, assignee,
// candidate_groups, candidate_users, priority, due_at, follow_up_at, created_at, element_number.
TaskRow read_task(const sql::Row& row, const base::TenantId& tenant)
{
    return {
        .task{
            .id{row.text(0)},
            .tenant = tenant,
            .instance{row.text(1)},
            .business_key = row.text(3),
            .process_id = row.text(4),
            .element = row.text(5),
            .name = row.text(6),
            .form = row.text(7),
            .assignee = row.text(8),
            .candidate_groups = read_list(row.text(9)),
            .candidate_users = read_list(row.text(10)),
            .priority = static_cast<int>(row.integer(11)),
            .due = stored::instant_or_none(row, 12),
            .follow_up = stored::instant_or_none(row, 13),
            .created_at = stored::instant(row.integer(14)),
            .element_number = row.integer(15),
        },
        .number = row.integer(2),
    };
}

}  // namespace

void TaskStore::add(const TaskRow& row)
{
    static constexpr Statement insert{
        "INSERT INTO process_tasks (tenant_id, id, instance_id, number, business_key, process_id, element, name, form,"
        " assignee, candidate_groups, candidate_users, priority, due_at, follow_up_at, created_at, element_number)"
        " VALUES (:tenant_id, :id, :instance_id, :number, :business_key, :process_id, :element, :name, :form,"
        " :assignee, :candidate_groups, :candidate_users, :priority, :due_at, :follow_up_at, :created_at, :element_number)"};
    const auto& task = row.task;
    transaction_.execute_one(
        insert,
        {{"tenant_id", tenant_.text},
         {"id", task.id.text},
         {"instance_id", task.instance.text},
         {"number", row.number},
         {"business_key", task.business_key},
         {"process_id", task.process_id},
         {"element", task.element},
         {"name", task.name},
         {"form", task.form},
         {"assignee", task.assignee},
         {"candidate_groups", write_list(task.candidate_groups)},
         {"candidate_users", write_list(task.candidate_users)},
         {"priority", std::int64_t{task.priority}},
         {"due_at", milliseconds(task.due)},
         {"follow_up_at", milliseconds(task.follow_up)},
         {"created_at", milliseconds(task.created_at)},
         {"element_number", task.element_number}}
    );
}

std::optional<TaskRow> TaskStore::find(const TaskId& id) const
{
    static constexpr Statement select{
        "SELECT id, instance_id, number, business_key, process_id, element, name, form, assignee, candidate_groups,"
        " candidate_users, priority, due_at, follow_up_at, created_at, element_number FROM process_tasks WHERE tenant_id = :tenant_id AND id = :id"};
    return transaction_.first(
        select,
        {{"tenant_id", tenant_.text}, {"id", id.text}},
        [&](const sql::Row& row) { return read_task(row, tenant_); }
    );
}

std::optional<TaskStore::Locked> TaskStore::lock(const TaskId& id)
{
    // The instance comes first: who locks an instance's rows begins with it. It is looked up by its key, lest
    // a planner without statistics joins the other way round.
    static constexpr Statement select{
        "SELECT task.id, task.instance_id, task.number, task.business_key, task.process_id, task.element, task.name,"
        "  task.form, task.assignee, task.candidate_groups, task.candidate_users, task.priority, task.due_at,"
        "  task.follow_up_at, task.created_at, task.element_number,"
        "  instance.id, instance.process_id, instance.version, instance.definition_tenant, instance.business_key,"
        "  instance.state, instance.revision, instance.started_at, instance.ended_at, instance.parent_id,"
        "  instance.parent_call, instance.start_key, instance.trace_id"
        " FROM process_instances instance JOIN process_tasks task ON task.tenant_id = :tenant_id AND task.id = :id"
        " WHERE instance.tenant_id = :tenant_id AND instance.id ="
        "  (SELECT owned.instance_id FROM process_tasks owned"
        "   WHERE owned.tenant_id = :tenant_id AND owned.id = :id)"};
    std::optional<Locked> found;
    transaction_
        .query_locked(select, {{"tenant_id", tenant_.text}, {"id", id.text}}, [&](const sql::Row& row) {
            found = {.task = read_task(row, tenant_), .instance = read_instance(row, 16)};
        });
    return found;
}

std::vector<Task> TaskStore::find_all(const TaskFilter& filter) const
{
    static constexpr Statement select{
        "SELECT id, instance_id, number, business_key, process_id, element, name, form, assignee, candidate_groups,"
        " candidate_users, priority, due_at, follow_up_at, created_at, element_number FROM process_tasks WHERE tenant_id = :tenant_id"
        " AND (CAST(:instance_id AS TEXT) IS NULL OR instance_id = :instance_id)"
        " AND (CAST(:business_key AS TEXT) IS NULL OR business_key = :business_key)"
        " AND (CAST(:assignee AS TEXT) IS NULL OR assignee = :assignee)"
        " ORDER BY priority DESC, COALESCE(due_at, 9223372036854775807), created_at, id LIMIT :most"};
    const auto wanted = [](const std::optional<std::string>& text) {
        return text ? sql::Value(*text) : sql::Value(nullptr);
    };
    return transaction_.all(
        select,
        {{"tenant_id", tenant_.text},
         {"instance_id", filter.instance ? sql::Value(filter.instance->text) : sql::Value(nullptr)},
         {"business_key", wanted(filter.business_key)},
         {"assignee", wanted(filter.assignee)},
         {"most", static_cast<std::int64_t>(filter.most)}},
        [&](const sql::Row& row) { return read_task(row, tenant_).task; }
    );
}

bool TaskStore::assign(const TaskId& id, std::string_view who)
{
    static constexpr Statement update{
        "UPDATE process_tasks SET assignee = :who"
        " WHERE tenant_id = :tenant_id AND id = :id AND assignee IN ('', :who)"};
    return transaction_.execute(
               update, {{"tenant_id", tenant_.text}, {"id", id.text}, {"who", stored::text(who)}}
           ) == 1;
}

bool TaskStore::release(const TaskId& id)
{
    static constexpr Statement update{
        "UPDATE process_tasks SET assignee = '' WHERE tenant_id = :tenant_id AND id = :id"};
    return transaction_.execute(update, {{"tenant_id", tenant_.text}, {"id", id.text}}) == 1;
}

void TaskStore::save(const Task& task)
{
    static constexpr Statement update{
        "UPDATE process_tasks SET candidate_groups = :candidate_groups, candidate_users = :candidate_users,"
        " priority = :priority, due_at = :due_at, follow_up_at = :follow_up_at"
        " WHERE tenant_id = :tenant_id AND id = :id"};
    transaction_.execute_one(
        update,
        {{"candidate_groups", write_list(task.candidate_groups)},
         {"candidate_users", write_list(task.candidate_users)},
         {"priority", std::int64_t{task.priority}},
         {"due_at", milliseconds(task.due)},
         {"follow_up_at", milliseconds(task.follow_up)},
         {"tenant_id", tenant_.text},
         {"id", task.id.text}}
    );
}

void TaskStore::rename(
    const InstanceId& instance, std::int64_t number, const std::string& element, const std::string& name
)
{
    static constexpr Statement update{
        "UPDATE process_tasks SET element = :element, name = :name"
        " WHERE tenant_id = :tenant_id AND instance_id = :instance_id AND number = :number"};
    transaction_.execute_one(
        update,
        {{"element", element},
         {"name", name},
         {"tenant_id", tenant_.text},
         {"instance_id", instance.text},
         {"number", number}}
    );
}

void TaskStore::remove(const InstanceId& instance, std::int64_t number)
{
    static constexpr Statement remove_task{
        "DELETE FROM process_tasks"
        " WHERE tenant_id = :tenant_id AND instance_id = :instance_id AND number = :number"};
    transaction_.execute_any(
        remove_task, {{"tenant_id", tenant_.text}, {"instance_id", instance.text}, {"number", number}}
    );
}

}  // namespace runtime
