#include "features/orchestration/exchange.hpp"
#include "features/orchestration/query.hpp"
#include "kit/http/multipart.hpp"

namespace orchestration {

namespace {

json::Object describe(const runtime::Deployed& deployed, const base::TenantId& tenant)
{
    json::Object item{
        {"processDefinition", nullptr},
        {"decisionDefinition", nullptr},
        {"decisionRequirements", nullptr},
        {"form", nullptr},
        {"resource", nullptr},
    };
    if (deployed.kind == runtime::Deployed::Kind::process)
        item["processDefinition"] = json::Object{
            {"processDefinitionId", deployed.id},
            {"processDefinitionVersion", deployed.version},
            {"resourceName", deployed.file},
            {"tenantId", tenant.text},
            {"processDefinitionKey", deployed.key},
        };
    else if (deployed.kind == runtime::Deployed::Kind::form)
        item["form"] = json::Object{
            {"formId", deployed.id},
            {"version", deployed.version},
            {"resourceName", deployed.file},
            {"tenantId", tenant.text},
            {"formKey", deployed.key},
        };
    else
        item["decisionDefinition"] = json::Object{
            {"decisionDefinitionId", deployed.id},
            {"version", deployed.version},
            {"name", deployed.name},
            {"tenantId", tenant.text},
            {"decisionRequirementsId", deployed.file},
            {"decisionDefinitionKey", deployed.key},
            {"decisionRequirementsKey", deployed.key},
        };
    return item;
}

// Files as "resources"; "tenantId" as a field beside them.
Answer deploy(const Parts& parts, const Call& call)
{
    const auto form = http::parse_multipart(call.request);
    if (!form)
        return form.error();
    std::vector<runtime::Resource> resources;
    auto tenant = base::Result(call.tenant);
    for (const auto& part : *form) {
        if (part.name == "resources")
            resources.push_back({part.file_name, part.content});
        else if (part.name == "tenantId")
            tenant = tenant_named(part.content, call.client);
    }
    if (!tenant)
        return tenant.error();
    if (resources.empty())
        return wrong("files expected as \"resources\"");

    auto transaction = parts.database.begin(*tenant);
    const auto deployed = parts.runtime.deploy(transaction, resources);
    if (!deployed)
        return deployed.error();
    transaction.commit();
    json::Array items;
    for (const auto& one : *deployed)
        items.emplace_back(describe(one, *tenant));
    return json_response({
        {"deploymentKey", deployed->front().key},
        {"tenantId", tenant->text},
        {"deployments", std::move(items)},
    });
}

json::Object show(const runtime::Definition& definition)
{
    return {
        {"name", or_null(definition.name)},
        {"resourceName", definition.file},
        {"version", definition.version},
        {"versionTag", or_null(definition.version_tag)},
        {"processDefinitionId", definition.id},
        {"tenantId", definition.tenant.text},
        {"processDefinitionKey", definition.key},
        {"hasStartForm", false},
        {"state", "ACTIVE"},
    };
}

constexpr Field fields[] = {
    {"name"},
    {"isLatestVersion"},
    {"resourceName"},
    {"version"},
    {"versionTag"},
    {"processDefinitionId"},
    {"tenantId"},
    {"processDefinitionKey"},
    {"hasStartForm"},
    {"state"},
};

Answer search(const Parts& parts, const Call& call)
{
    const auto query = Query::read(call.body, fields, "processDefinitionKey");
    if (!query)
        return query.error();
    auto transaction = parts.database.begin_read(call.tenant);
    std::vector<json::Object> items;
    std::string last;
    for (const auto& definition : parts.runtime.definitions(
             transaction,
             {.key = query->equal_to("processDefinitionKey"), .id = query->equal_to("processDefinitionId")}
         )) {
        // Only asked, never shown: of each process the first is the newest.
        auto item = show(definition);
        item["isLatestVersion"] = definition.id != last;
        last = definition.id;
        items.push_back(std::move(item));
    }
    return query->answer(std::move(items), /*is_cut=*/false, {"isLatestVersion"});
}

Answer show_one(const Parts& parts, const Call& call)
{
    auto transaction = parts.database.begin_read(call.tenant);
    const auto found = parts.runtime.definitions(transaction, {.key = call.key("key")});
    if (found.empty())
        return unknown("process definition " + call.key("key"));
    return json_response(show(found.front()));
}

Answer show_file(const Parts& parts, const Call& call)
{
    auto transaction = parts.database.begin_read(call.tenant);
    auto file = parts.runtime.definition_file(transaction, call.key("key"));
    if (!file)
        return unknown("process definition " + call.key("key"));
    return http::Response{200, {{"content-type", "text/xml; charset=utf-8"}}, std::move(*file)};
}

}  // namespace

std::vector<Operation> deployment_operations()
{
    return {
        {http::Method::post, "/deployments", "deploy", deploy},
        {http::Method::post, "/process-definitions/search", "processes", search},
        {http::Method::get, "/process-definitions/{key}", "processes", show_one},
        {http::Method::get, "/process-definitions/{key}/xml", "processes", show_file},
    };
}

}  // namespace orchestration
