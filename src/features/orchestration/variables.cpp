#include "features/orchestration/exchange.hpp"
#include "features/orchestration/query.hpp"
#include "process/runtime/keys.hpp"

namespace orchestration {

namespace {

// Of the process, or, with `local` or where the element is not the process, the element's own.
Answer set_variables(const Parts& parts, const Call& call)
{
    const auto variables = variables_of(call.body);
    if (!variables)
        return variables.error();
    const auto key = runtime::parse_element_key(call.key("key"));
    if (!key)
        return unknown("element instance " + call.key("key"));
    const auto* local = call.body.find("local");
    const bool is_local = local && local->if_bool() && *local->if_bool();
    const auto number = is_local && key->number > 1 ? key->number : 0;
    return in_transaction(parts, call.tenant, [&](sql::Transaction& transaction) -> Answer {
        const auto set =
            parts.runtime.set_variables(transaction, key->instance, *variables, call.client.name, number);
        if (!set && set.error().kind == base::ErrorKind::not_found)
            return unknown("active element instance " + call.key("key"));
        if (!set)
            return set.error();
        return http::empty(204);
    });
}

constexpr Field fields[] = {
    {"name"},
    {"value"},
    {"tenantId"},
    {"isTruncated"},
    {"variableKey"},
    {"scopeKey"},
    {"processInstanceKey"},
};

// A variable has no number of its own; its key is that of the element instance to which it belongs.
void append_all(
    const runtime::Variables& variables,
    const runtime::InstanceId& instance,
    std::int64_t number,
    const base::TenantId& tenant,
    std::vector<json::Object>& items
)
{
    const auto scope = runtime::element_key(instance.text, number);
    for (const auto& [name, value] : variables)
        items.push_back({
            {"name", name},
            {"value", json::write(feel::to_json(value))},
            {"isTruncated", false},
            {"tenantId", tenant.text},
            {"variableKey", scope},
            {"scopeKey", scope},
            {"processInstanceKey", instance.text},
            {"rootProcessInstanceKey", nullptr},
        });
}

Answer search(const Parts& parts, const Call& call)
{
    const auto query = Query::read(call.body, fields, "name");
    if (!query)
        return query.error();
    auto instance = query->equal_to("processInstanceKey");
    if (const auto scope = runtime::parse_element_key(query->equal_to("scopeKey")); scope && instance.empty())
        instance = scope->instance.text;
    auto transaction = parts.database.begin_read(call.tenant);
    const auto found = parts.runtime.find_instances(transaction, {.id = instance, .most = 1000});
    std::vector<json::Object> items;
    for (const auto& one : found) {
        append_all(parts.runtime.variables(transaction, one.id), one.id, 1, call.tenant, items);
        for (const auto& local : parts.runtime.local_variables(transaction, one.id))
            if (local.element_number > 1)
                append_all(local.variables, one.id, local.element_number, call.tenant, items);
    }
    return query->answer(std::move(items), found.size() == 1000);
}

}  // namespace

std::vector<Operation> variable_operations()
{
    return {
        {http::Method::put, "/element-instances/{key}/variables", "processes", set_variables},
        {http::Method::post, "/variables/search", "processes", search},
    };
}

}  // namespace orchestration
