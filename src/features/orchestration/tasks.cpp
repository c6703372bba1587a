#include "base/date.hpp"
#include "features/orchestration/exchange.hpp"
#include "features/orchestration/forms.hpp"
#include "features/orchestration/query.hpp"
#include "process/feel/temporal.hpp"
#include "process/runtime/keys.hpp"

namespace orchestration {

namespace {

json::Array texts(const std::vector<std::string>& list)
{
    json::Array array;
    for (const auto& text : list)
        array.emplace_back(text);
    return array;
}

// The form that is deployed under the name that the task gives; what else it says is for whoever knows it.
std::optional<runtime::Definition>
form_of(const Parts& parts, sql::Transaction& transaction, const runtime::Task& task)
{
    if (task.form.empty())
        return std::nullopt;
    auto found =
        parts.runtime.definitions(transaction, {.kind = runtime::Deployed::Kind::form, .id = task.form});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

json::Object show(const Parts& parts, sql::Transaction& transaction, const runtime::Task& task)
{
    const auto instance = parts.runtime.find_instance(transaction, task.instance).value();
    const auto form = form_of(parts, transaction, task);
    return {
        {"name", or_null(task.name)},
        {"state", "CREATED"},
        {"assignee", or_null(task.assignee)},
        {"elementId", task.element},
        {"candidateGroups", texts(task.candidate_groups)},
        {"candidateUsers", texts(task.candidate_users)},
        {"processDefinitionId", task.process_id},
        {"processName", or_null(instance.process_name)},
        {"creationDate", base::format_instant(task.created_at)},
        {"completionDate", nullptr},
        {"followUpDate", instant_or_null(task.follow_up)},
        {"dueDate", instant_or_null(task.due)},
        {"tenantId", task.tenant.text},
        {"externalFormReference", form ? json::Value() : or_null(task.form)},
        {"processDefinitionVersion", instance.version},
        {"customHeaders", json::Object{}},
        {"priority", task.priority},
        {"userTaskKey", task.id.text},
        {"elementInstanceKey", runtime::element_key(task.instance.text, task.element_number)},
        {"processDefinitionKey", instance.definition_key},
        {"processInstanceKey", task.instance.text},
        {"rootProcessInstanceKey", nullptr},
        {"formKey", form ? json::Value(form->key) : json::Value()},
        {"tags", json::Array{}},
        {"businessId", or_null(task.business_key)},
    };
}

constexpr Field fields[] = {
    {"state"},
    {"assignee"},
    {"priority"},
    {"elementId"},
    {"name"},
    {"candidateGroup", "candidateGroups"},
    {"candidateUser", "candidateUsers"},
    {"tenantId"},
    {"processDefinitionId"},
    {"creationDate"},
    {"completionDate"},
    {"followUpDate"},
    {"dueDate"},
    {"processInstanceVariables"},
    {"userTaskKey"},
    {"processDefinitionKey"},
    {"processInstanceKey"},
    {"elementInstanceKey"},
};

// What is over is no task any more.
Answer search(const Parts& parts, const Call& call)
{
    const auto query = Query::read(call.body, fields, "userTaskKey");
    if (!query)
        return query.error();
    runtime::TaskFilter wanted{.most = most_read};
    if (const auto instance = query->equal_to("processInstanceKey"); !instance.empty())
        wanted.instance = runtime::InstanceId{instance};
    if (const auto assignee = query->equal_to("assignee"); !assignee.empty())
        wanted.assignee = assignee;
    auto transaction = parts.database.begin_read(call.tenant);
    const auto found = parts.runtime.tasks(transaction, wanted);
    std::vector<json::Object> items;
    for (const auto& task : found) {
        if (query->asks_for_variables() && !query->fits(parts.runtime.variables(transaction, task.instance)))
            continue;
        items.push_back(show(parts, transaction, task));
    }
    return query->answer(std::move(items), found.size() == most_read);
}

Answer show_one(const Parts& parts, const Call& call)
{
    auto transaction = parts.database.begin_read(call.tenant);
    const auto task = parts.runtime.find_task(transaction, {call.key("key")});
    if (!task)
        return unknown("user task " + call.key("key"));
    return json_response(show(parts, transaction, *task));
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

base::Result<std::vector<std::string>> texts_of(std::string_view member, const json::Value& wanted)
{
    std::vector<std::string> all;
    for (const auto& one : wanted.if_array() ? *wanted.if_array() : json::Array{json::Value()}) {
        if (!one.if_string())
            return wrong("changeset." + std::string(member) + ": a list of texts expected");
        all.push_back(*one.if_string());
    }
    return all;
}

// An empty text takes the date away.
base::Result<std::optional<base::Instant>> date_of(std::string_view member, const json::Value& wanted)
{
    if (wanted.if_string() && wanted.if_string()->empty())
        return std::optional<base::Instant>();
    const auto moment = feel::parse_date_time(wanted.string_or());
    if (!moment || !moment->time.zone.is_known())
        return wrong(
            "changeset." + std::string(member) + ": a date and time with its zone expected (RFC 3339)"
        );
    return std::optional(base::Instant(
        std::chrono::seconds(moment->epoch_second()) +
        std::chrono::milliseconds(moment->time.nanosecond / 1'000'000 % 1000)
    ));
}

// What a change names; null leaves as it is.
base::Result<> read_change(const std::string& member, const json::Value& wanted, runtime::TaskChange& change)
{
    const auto take = [](auto read, auto& into) -> base::Result<> {
        if (!read)
            return read.error();
        into = std::move(*read);
        return base::Done{};
    };
    if (wanted.is_null())
        return base::Done{};
    if (member == "candidateGroups")
        return take(texts_of(member, wanted), change.candidate_groups);
    if (member == "candidateUsers")
        return take(texts_of(member, wanted), change.candidate_users);
    if (member == "dueDate")
        return take(date_of(member, wanted), change.due);
    if (member == "followUpDate")
        return take(date_of(member, wanted), change.follow_up);
    if (member != "priority")
        return wrong("changeset." + member + " is not supported");
    const auto priority = wanted.integer();
    if (!priority || *priority < 0 || *priority > 100)
        return wrong("changeset.priority: a number from 0 to 100 expected");
    change.priority = static_cast<int>(*priority);
    return base::Done{};
}

Answer update(const Parts& parts, const Call& call)
{
    const auto* changeset = call.body.find("changeset");
    runtime::TaskChange change;
    for (const auto& [member, wanted] :
         changeset && changeset->if_object() ? *changeset->if_object() : json::Object{})
        if (const auto read = read_change(member, wanted, change); !read)
            return read.error();
    return change_task(parts, call, [&](sql::Transaction& transaction) {
        return parts.runtime.update_task(transaction, {call.key("key")}, change);
    });
}

Answer show_form(const Parts& parts, const Call& call)
{
    auto transaction = parts.database.begin_read(call.tenant);
    const auto task = parts.runtime.find_task(transaction, {call.key("key")});
    if (!task)
        return unknown("user task " + call.key("key"));
    const auto form = form_of(parts, transaction, *task);
    if (!form)
        return http::empty(204);
    return form_response(parts, transaction, *form);
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
        {http::Method::patch, "/user-tasks/{key}", "tasks", update},
        {http::Method::get, "/user-tasks/{key}/form", "tasks", show_form},
        {http::Method::post, "/user-tasks/{key}/assignment", "tasks", assign},
        {http::Method::delete_, "/user-tasks/{key}/assignee", "tasks", unassign},
        {http::Method::post, "/user-tasks/{key}/completion", "tasks", complete},
    };
}

}  // namespace orchestration
