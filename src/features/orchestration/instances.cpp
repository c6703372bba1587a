#include "base/date.hpp"
#include "features/orchestration/exchange.hpp"
#include "features/orchestration/query.hpp"
#include "features/orchestration/waiting.hpp"
#include "process/runtime/keys.hpp"

#include <array>
#include <utility>

namespace orchestration {

namespace {

using runtime::InstanceId;
using runtime::InstanceState;

// A failed instance has ended, as one that somebody cancelled.
constexpr std::array<std::pair<InstanceState, std::string_view>, 4> state_names{{
    {InstanceState::active, "ACTIVE"},
    {InstanceState::completed, "COMPLETED"},
    {InstanceState::terminated, "TERMINATED"},
    {InstanceState::failed, "TERMINATED"},
}};

std::string_view name_of(InstanceState state)
{
    return std::ranges::find(state_names, state, &std::pair<InstanceState, std::string_view>::first)->second;
}

json::Object show(const runtime::Instance& instance)
{
    return {
        {"processDefinitionId", instance.process_id},
        {"processDefinitionName", or_null(instance.process_name)},
        {"processDefinitionVersion", instance.version},
        {"processDefinitionVersionTag", or_null(instance.version_tag)},
        {"startDate", base::format_instant(instance.started_at)},
        {"endDate", instant_or_null(instance.ended_at)},
        {"state", json::Value(name_of(instance.state))},
        {"hasIncident", instance.incidents > 0},
        {"tenantId", instance.tenant.text},
        {"processInstanceKey", instance.id.text},
        {"processDefinitionKey", instance.definition_key},
        {"parentProcessInstanceKey", instance.parent ? json::Value(instance.parent->text) : json::Value()},
        {"parentElementInstanceKey", nullptr},
        {"rootProcessInstanceKey", nullptr},
        {"tags", json::Array{}},
        {"businessId", or_null(instance.business_key)},
    };
}

// The version that is asked for: by its key, by number, or the newest.
base::Result<runtime::Definition>
find_version(const Parts& parts, sql::Transaction& transaction, const json::Value& body)
{
    const auto key = body.text_of("processDefinitionKey");
    const auto id = body.text_of("processDefinitionId");
    const auto* wanted = body.find("processDefinitionVersion");
    const auto version = wanted ? wanted->integer().value_or(0) : -1;
    if (key.empty() && id.empty())
        return wrong("processDefinitionId or processDefinitionKey expected");
    const auto found = parts.runtime.definitions(
        transaction,
        {.key = std::string(key),
         .id = std::string(id),
         .version = version > 0 ? static_cast<int>(version) : 0}
    );
    if (found.empty())
        return unknown("process " + std::string(key.empty() ? id : key));
    return found.front();
}

json::Object show_created(const Call& call, const runtime::Definition& definition, const InstanceId& id)
{
    return {
        {"processDefinitionId", definition.id},
        {"processDefinitionVersion", definition.version},
        {"tenantId", call.tenant.text},
        {"variables", json::Object{}},
        {"processDefinitionKey", definition.key},
        {"processInstanceKey", id.text},
        {"tags", json::Array{}},
        {"businessId", or_null(std::string(call.body.text_of("businessId")))},
    };
}

// An instance whose creator waits for its end.
struct Awaited {
    base::TenantId tenant;
    InstanceId id;
    json::Object shown;  // without the variables with which it ends
    json::Value names;   // of those that the client wants
};

// An error when it did not end well. Nothing while it is active, except at the last look.
std::optional<Answer> look_for_end(const Parts& parts, const Awaited& awaited, bool is_last)
{
    auto transaction = parts.database.begin_read(awaited.tenant);
    const auto state = parts.runtime.find_instance(transaction, awaited.id)->state;
    if (state == InstanceState::active && !is_last)
        return std::nullopt;
    if (state == InstanceState::active)
        return base::fail(
            base::ErrorKind::unavailable,
            "orchestration.timeout",
            "instance " + awaited.id.text + " is still active"
        );
    if (state != InstanceState::completed)
        return base::fail(
            base::ErrorKind::conflict,
            "orchestration.not_completed",
            "instance " + awaited.id.text + " did not complete"
        );
    auto shown = awaited.shown;
    shown["variables"] = json_of(chosen(parts.runtime.variables(transaction, awaited.id), &awaited.names));
    return json_response(std::move(shown));
}

// It goes on when the client's patience ends, all the same.
Answer await_end(const Parts& parts, const Call& call, Awaited awaited)
{
    std::vector<std::unique_ptr<runtime::Announcements::Listener>> news;
    news.push_back(parts.runtime.listen_for_end(awaited.tenant, awaited.id));
    return answer_in_time(
        parts,
        call,
        {.look = [parts, awaited = std::move(awaited)](bool is_last
                 ) { return look_for_end(parts, awaited, is_last); },
         .news = std::move(news),
         .patience = patience_of(call.body)}
    );
}

Answer create(const Parts& parts, const Call& call)
{
    const auto variables = variables_of(call.body);
    if (!variables)
        return variables.error();
    for (const auto* unsupported : {"startInstructions", "runtimeInstructions"})
        if (!list_of(call.body, unsupported).empty())
            return wrong(std::string(unsupported) + " are not supported");
    Awaited awaited{.tenant = call.tenant, .id = {}, .shown = {}, .names = {}};
    auto created = in_transaction(parts, call.tenant, [&](sql::Transaction& transaction) -> Answer {
        const auto found = find_version(parts, transaction, call.body);
        if (!found)
            return found.error();
        auto started =
            parts.runtime.start_version(transaction, found->key, call.body.text_of("businessId"), *variables);
        if (!started)
            return started.error();
        awaited.id = std::move(*started);
        awaited.shown = show_created(call, *found, awaited.id);
        return json_response(awaited.shown);
    });
    const auto* awaits = call.body.find("awaitCompletion");
    if (!created || !awaits || !awaits->if_bool() || !*awaits->if_bool())
        return created;
    if (const auto* names = call.body.find("fetchVariables"))
        awaited.names = *names;
    return await_end(parts, call, std::move(awaited));
}

constexpr Field fields[] = {
    {"processDefinitionId"},
    {"processDefinitionName"},
    {"processDefinitionVersion"},
    {"processDefinitionVersionTag"},
    {"processDefinitionKey"},
    {"processInstanceKey"},
    {"parentProcessInstanceKey"},
    {"state"},
    {"startDate"},
    {"endDate"},
    {"hasIncident"},
    {"tenantId"},
    {"businessId"},
    {"variables"},
};

// Of a search that restricts to one state, what the database needs not look at.
std::optional<InstanceState> state_named(std::string_view name)
{
    // Two of ours have one name there.
    if (name != "ACTIVE" && name != "COMPLETED")
        return std::nullopt;
    return std::ranges::find(state_names, name, &std::pair<InstanceState, std::string_view>::second)->first;
}

Answer search(const Parts& parts, const Call& call)
{
    const auto query = Query::read(call.body, fields, "processInstanceKey", /*newest_first=*/true);
    if (!query)
        return query.error();
    auto transaction = parts.database.begin_read(call.tenant);
    const auto found = parts.runtime.find_instances(
        transaction,
        {.id = query->equal_to("processInstanceKey"),
         .process_id = query->equal_to("processDefinitionId"),
         .definition_key = query->equal_to("processDefinitionKey"),
         .business_key = query->equal_to("businessId"),
         .parent = query->equal_to("parentProcessInstanceKey"),
         .state = state_named(query->equal_to("state")),
         .before = query->key_before(),
         .most = most_read}
    );
    std::vector<json::Object> items;
    for (const auto& instance : found)
        if (!query->asks_for_variables() || query->fits(parts.runtime.variables(transaction, instance.id)))
            items.push_back(show(instance));
    return query->answer(std::move(items), found.size() == most_read);
}

Answer show_one(const Parts& parts, const Call& call)
{
    auto transaction = parts.database.begin_read(call.tenant);
    const auto found = parts.runtime.find_instance(transaction, {call.key("key")});
    if (!found)
        return unknown("process instance " + call.key("key"));
    return json_response(show(*found));
}

Answer cancel(const Parts& parts, const Call& call)
{
    return change(parts, call, [&](sql::Transaction& transaction) {
        return parts.runtime.cancel(transaction, {call.key("key")}, call.client.name);
    });
}

// Elements to activate by their id; elements to end by their id, with all of their instances, or by the key
// of one.
Answer modify(const Parts& parts, const Call& call)
{
    runtime::Modification wanted;
    for (const auto& item : list_of(call.body, "activateInstructions")) {
        if (item.text_of("elementId").empty())
            return wrong("activateInstructions: elementId expected");
        if (!list_of(item, "variableInstructions").empty())
            return wrong("variableInstructions are not supported; set variables before or after");
        wanted.activate.emplace_back(item.text_of("elementId"));
    }
    for (const auto& item : list_of(call.body, "terminateInstructions")) {
        const auto key = runtime::parse_element_key(item.text_of("elementInstanceKey"));
        if (!item.text_of("elementId").empty())
            wanted.terminate.emplace_back(item.text_of("elementId"));
        else if (key && key->instance.text == call.key("key"))
            wanted.terminate_numbers.push_back(key->number);
        else
            return wrong("terminateInstructions: elementId or an elementInstanceKey of the instance expected"
            );
    }
    if (!list_of(call.body, "moveInstructions").empty())
        return wrong("moveInstructions are not supported; activate one element and terminate the other");
    return change(parts, call, [&](sql::Transaction& transaction) {
        return parts.runtime.modify(transaction, {call.key("key")}, wanted, call.client.name);
    });
}

Answer migrate(const Parts& parts, const Call& call)
{
    runtime::MigrationPlan plan;
    for (const auto& item : list_of(call.body, "mappingInstructions"))
        plan.emplace(item.text_of("sourceElementId"), item.text_of("targetElementId"));
    const auto key = call.body.text_of("targetProcessDefinitionKey");
    if (key.empty())
        return wrong("targetProcessDefinitionKey expected");
    return change(parts, call, [&](sql::Transaction& transaction) -> base::Result<> {
        const auto instance = parts.runtime.find_instance(transaction, {call.key("key")});
        if (!instance)
            return unknown("process instance " + call.key("key"));
        const auto target =
            parts.runtime.definitions(transaction, {.key = std::string(key), .id = instance->process_id});
        if (target.empty())
            return unknown("version " + std::string(key) + " of " + instance->process_id);
        const auto problems = parts.runtime.migrate(
            transaction, {call.key("key")}, target.front().version, plan, call.client.name
        );
        if (!problems)
            return problems.error();
        if (problems->empty())
            return base::Done{};
        std::string all;
        for (const auto& problem : *problems)
            all += (all.empty() ? "" : " ") + problem;
        return base::fail(base::ErrorKind::conflict, "orchestration.cannot_migrate", all);
    });
}

}  // namespace

std::vector<Operation> instance_operations()
{
    return {
        {http::Method::post, "/process-instances", "processes", create},
        {http::Method::post, "/process-instances/search", "processes", search},
        {http::Method::get, "/process-instances/{key}", "processes", show_one},
        {http::Method::post, "/process-instances/{key}/cancellation", "processes", cancel},
        {http::Method::post, "/process-instances/{key}/modification", "processes", modify},
        {http::Method::post, "/process-instances/{key}/migration", "processes", migrate},
    };
}

}  // namespace orchestration
