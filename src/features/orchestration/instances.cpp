#include "base/date.hpp"
#include "features/orchestration/exchange.hpp"

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
        {"processDefinitionName", nullptr},
        {"processDefinitionVersion", instance.version},
        {"processDefinitionVersionTag", nullptr},
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

json::Object show_created(
    const Call& call,
    const runtime::Definition& definition,
    const InstanceId& id,
    const runtime::Variables& variables
)
{
    return {
        {"processDefinitionId", definition.id},
        {"processDefinitionVersion", definition.version},
        {"tenantId", call.tenant.text},
        {"variables", json_of(variables)},
        {"processDefinitionKey", definition.key},
        {"processInstanceKey", id.text},
        {"tags", json::Array{}},
        {"businessId", or_null(std::string(call.body.text_of("businessId")))},
    };
}

// The variables with which the instance ends, those the client asks for; an error when it takes longer than
// the client waits, or does not end well. The instance goes on all the same.
base::Result<runtime::Variables> await_end(const Parts& parts, const Call& call, const InstanceId& id)
{
    using std::chrono::milliseconds;
    const base::Stopwatch watch;
    const Turn turn(parts);
    const auto patience = patience_of(call.body);
    for (;;) {
        const auto seen = parts.runtime.news();
        {
            auto transaction = parts.database.begin_read(call.tenant);
            const auto state = parts.runtime.find_instance(transaction, id)->state;
            if (state == InstanceState::completed)
                return chosen(parts.runtime.variables(transaction, id), call.body.find("fetchVariables"));
            if (state != InstanceState::active)
                return base::fail(
                    base::ErrorKind::conflict,
                    "orchestration.not_completed",
                    "instance " + id.text + " did not complete"
                );
        }
        const auto elapsed = std::chrono::duration_cast<milliseconds>(watch.elapsed());
        if (!turn.may_wait() || elapsed >= patience)
            return base::fail(
                base::ErrorKind::unavailable,
                "orchestration.timeout",
                "instance " + id.text + " is still active"
            );
        parts.runtime.wait_for_news(seen, std::min(between_looks, patience - elapsed));
    }
}

Answer create(const Parts& parts, const Call& call)
{
    const auto variables = variables_of(call.body);
    if (!variables)
        return variables.error();
    for (const auto* unsupported : {"startInstructions", "runtimeInstructions"})
        if (const auto* given = call.body.find(unsupported);
            given && given->if_array() && !given->if_array()->empty())
            return wrong(std::string(unsupported) + " are not supported");
    runtime::Definition definition;
    InstanceId id;
    auto created = in_transaction(parts, call.tenant, [&](sql::Transaction& transaction) -> Answer {
        auto found = find_version(parts, transaction, call.body);
        if (!found)
            return found.error();
        definition = std::move(*found);
        auto started = parts.runtime.start_version(
            transaction, definition.key, call.body.text_of("businessId"), *variables
        );
        if (!started)
            return started.error();
        id = std::move(*started);
        return json_response(show_created(call, definition, id, {}));
    });
    const auto* awaits = call.body.find("awaitCompletion");
    if (!created || !awaits || !awaits->if_bool() || !*awaits->if_bool())
        return created;
    const auto result = await_end(parts, call, id);
    if (!result)
        return result.error();
    return json_response(show_created(call, definition, id, *result));
}

Answer search(const Parts& parts, const Call& call)
{
    Filter filter(call.body);
    runtime::InstanceFilter wanted{
        .id = filter.text("processInstanceKey"),
        .process_id = filter.text("processDefinitionId"),
        .definition_key = filter.text("processDefinitionKey"),
        .business_key = filter.text("businessId"),
        .parent = filter.text("parentProcessInstanceKey"),
    };
    const auto state = filter.text("state");
    const auto page = page_of(call.body);
    if (const auto error = first_error(page, filter.all_taken()))
        return *error;
    wanted.from = page->from;
    wanted.most = page->limit;
    if (!state.empty()) {
        const auto known =
            std::ranges::find(state_names, state, &std::pair<InstanceState, std::string_view>::second);
        if (known == state_names.end())
            return wrong("filter.state: ACTIVE, COMPLETED or TERMINATED expected");
        wanted.state = known->first;
    }
    auto transaction = parts.database.begin_read(call.tenant);
    const auto found = parts.runtime.find_instances(transaction, wanted);
    json::Array items;
    for (const auto& instance : found.instances)
        items.emplace_back(show(instance));
    return page_response(std::move(items), found.total);
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

// Elements to activate by their id; elements to end by their id or, as clients know them, with all of their
// instances.
Answer modify(const Parts& parts, const Call& call)
{
    runtime::Modification wanted;
    const auto read = [&](std::string_view member, std::vector<std::string>& ids) -> base::Result<> {
        const auto* list = call.body.find(member);
        for (const auto& item : list && list->if_array() ? *list->if_array() : json::Array{}) {
            if (item.text_of("elementId").empty())
                return wrong(std::string(member) + ": elementId expected");
            ids.emplace_back(item.text_of("elementId"));
        }
        return base::Done{};
    };
    for (const auto& done :
         {read("activateInstructions", wanted.activate), read("terminateInstructions", wanted.terminate)})
        if (!done)
            return done.error();
    if (const auto* moves = call.body.find("moveInstructions");
        moves && moves->if_array() && !moves->if_array()->empty())
        return wrong("moveInstructions are not supported; activate one element and terminate the other");
    return change(parts, call, [&](sql::Transaction& transaction) {
        return parts.runtime.modify(transaction, {call.key("key")}, wanted, call.client.name);
    });
}

Answer migrate(const Parts& parts, const Call& call)
{
    runtime::MigrationPlan plan;
    const auto* mapping = call.body.find("mappingInstructions");
    for (const auto& item : mapping && mapping->if_array() ? *mapping->if_array() : json::Array{})
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

// Variables of the process; the key is that of the instance.
Answer set_variables(const Parts& parts, const Call& call)
{
    const auto variables = variables_of(call.body);
    if (!variables)
        return variables.error();
    return change(parts, call, [&](sql::Transaction& transaction) {
        return parts.runtime.set_variables(transaction, {call.key("key")}, *variables, call.client.name);
    });
}

Answer search_variables(const Parts& parts, const Call& call)
{
    Filter filter(call.body);
    const auto instance = filter.text("processInstanceKey");
    const auto name = filter.text("name");
    const auto page = page_of(call.body);
    if (const auto error = first_error(page, filter.all_taken()))
        return *error;
    if (instance.empty())
        return wrong("filter.processInstanceKey expected");
    auto transaction = parts.database.begin_read(call.tenant);
    std::vector<std::pair<std::string, feel::Value>> fitting;
    if (parts.runtime.find_instance(transaction, {instance}))
        for (const auto& [variable, value] : parts.runtime.variables(transaction, {instance}))
            if (name.empty() || name == variable)
                fitting.emplace_back(variable, value);
    return page_response(fitting, *page, [&](const auto& variable) {
        return json::Object{
            {"name", variable.first},
            {"value", json::write(feel::to_json(variable.second))},
            {"isTruncated", false},
            {"tenantId", call.tenant.text},
            {"variableKey", instance},
            {"scopeKey", instance},
            {"processInstanceKey", instance},
            {"rootProcessInstanceKey", nullptr},
        };
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
        {http::Method::put, "/element-instances/{key}/variables", "processes", set_variables},
        {http::Method::post, "/variables/search", "processes", search_variables},
    };
}

}  // namespace orchestration
