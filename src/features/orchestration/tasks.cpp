#include "base/date.hpp"
#include "features/orchestration/exchange.hpp"

namespace orchestration {

namespace {

constexpr std::size_t most_tasks = 10'000;

json::Array texts(const std::vector<std::string>& list)
{
    json::Array array;
    for (const auto& text : list)
        array.emplace_back(text);
    return array;
}

json::Object show(const runtime::Task& task, const runtime::Instance& instance)
{
    return {
        {"name", or_null(task.name)},
        {"state", "CREATED"},
        {"assignee", or_null(task.assignee)},
        {"elementId", task.element},
        {"candidateGroups", texts(task.candidate_groups)},
        {"candidateUsers", texts(task.candidate_users)},
        {"processDefinitionId", task.process_id},
        {"processName", nullptr},
        {"creationDate", base::format_instant(task.created_at)},
        {"completionDate", nullptr},
        {"followUpDate", instant_or_null(task.follow_up)},
        {"dueDate", instant_or_null(task.due)},
        {"tenantId", task.tenant.text},
        {"externalFormReference", or_null(task.form)},
        {"processDefinitionVersion", instance.version},
        {"customHeaders", json::Object{}},
        {"priority", task.priority},
        {"userTaskKey", task.id.text},
        {"elementInstanceKey", task.id.text},
        {"processDefinitionKey", instance.definition_key},
        {"processInstanceKey", task.instance.text},
        {"rootProcessInstanceKey", nullptr},
        {"formKey", nullptr},
        {"tags", json::Array{}},
        {"businessId", or_null(task.business_key)},
    };
}

Answer search(const Parts& parts, const Call& call)
{
    Filter filter(call.body);
    const auto key = filter.text("userTaskKey");
    const auto instance = filter.text("processInstanceKey");
    const auto process = filter.text("processDefinitionId");
    const auto assignee = filter.text("assignee");
    const auto element = filter.text("elementId");
    const auto state = filter.text("state");
    const auto page = page_of(call.body);
    if (const auto error = first_error(page, filter.all_taken()))
        return *error;
    runtime::TaskFilter wanted{.most = most_tasks};
    if (!instance.empty())
        wanted.instance = runtime::InstanceId{instance};
    if (!assignee.empty())
        wanted.assignee = assignee;
    auto transaction = parts.database.begin_read(call.tenant);
    std::vector<runtime::Task> fitting;
    // What is over is no task any more.
    if (state.empty() || state == "CREATED")
        for (auto& task : parts.runtime.tasks(transaction, wanted))
            if ((key.empty() || key == task.id.text) && (process.empty() || process == task.process_id) &&
                (element.empty() || element == task.element))
                fitting.push_back(std::move(task));
    return page_response(fitting, *page, [&](const runtime::Task& task) {
        return show(task, parts.runtime.find_instance(transaction, task.instance).value());
    });
}

Answer show_one(const Parts& parts, const Call& call)
{
    auto transaction = parts.database.begin_read(call.tenant);
    const auto task = parts.runtime.find_task(transaction, {call.key("key")});
    if (!task)
        return unknown("user task " + call.key("key"));
    return json_response(show(*task, parts.runtime.find_instance(transaction, task->instance).value()));
}

Answer change_task(
    const Parts& parts, const Call& call, const std::function<base::Result<>(sql::Transaction&)>& make
)
{
    return change(parts, call, make, "user task");
}

Answer assign(const Parts& parts, const Call& call)
{
    const auto who = call.body.text_of("assignee");
    if (who.empty())
        return wrong("assignee expected");
    const auto* overrides = call.body.find("allowOverride");
    const bool may_override = !overrides || !overrides->if_bool() || *overrides->if_bool();
    return change_task(parts, call, [&](sql::Transaction& transaction) -> base::Result<> {
        if (may_override)
            if (const auto released = parts.runtime.release_task(transaction, {call.key("key")}); !released)
                return released;
        return parts.runtime.claim_task(transaction, {call.key("key")}, who);
    });
}

Answer unassign(const Parts& parts, const Call& call)
{
    return change_task(parts, call, [&](sql::Transaction& transaction) {
        return parts.runtime.release_task(transaction, {call.key("key")});
    });
}

// In the name of whoever has it.
Answer complete(const Parts& parts, const Call& call)
{
    const auto variables = variables_of(call.body);
    if (!variables)
        return variables.error();
    return change_task(parts, call, [&](sql::Transaction& transaction) -> base::Result<> {
        const auto task = parts.runtime.find_task(transaction, {call.key("key")});
        const auto who = task && !task->assignee.empty() ? task->assignee : call.client.name;
        return parts.runtime.complete_task(transaction, {call.key("key")}, *variables, who);
    });
}

}  // namespace

std::vector<Operation> task_operations()
{
    return {
        {http::Method::post, "/user-tasks/search", "tasks", search},
        {http::Method::get, "/user-tasks/{key}", "tasks", show_one},
        {http::Method::post, "/user-tasks/{key}/assignment", "tasks", assign},
        {http::Method::delete_, "/user-tasks/{key}/assignee", "tasks", unassign},
        {http::Method::post, "/user-tasks/{key}/completion", "tasks", complete},
    };
}

}  // namespace orchestration
