#include "features/orchestration/exchange.hpp"
#include "features/orchestration/query.hpp"

namespace orchestration {

namespace {

base::Result<runtime::Definition>
find_newest(const Parts& parts, sql::Transaction& transaction, const json::Value& body)
{
    const auto found = parts.runtime.definitions(
        transaction,
        {.kind = runtime::Deployed::Kind::decision,
         .key = std::string(body.text_of("decisionDefinitionKey")),
         .id = std::string(body.text_of("decisionDefinitionId"))}
    );
    if (body.text_of("decisionDefinitionKey").empty() && body.text_of("decisionDefinitionId").empty())
        return wrong("decisionDefinitionId or decisionDefinitionKey expected");
    if (found.empty())
        return unknown("decision " + std::string(body.text_of("decisionDefinitionId")));
    return found.front();
}

Answer evaluate(const Parts& parts, const Call& call)
{
    const auto variables = variables_of(call.body);
    if (!variables)
        return variables.error();
    auto transaction = parts.database.begin_read(call.tenant);
    const auto definition = find_newest(parts, transaction, call.body);
    if (!definition)
        return definition.error();
    const auto result = parts.runtime.decide(transaction, definition->id, *variables);
    if (!result)
        return result.error();
    return json_response({
        {"decisionDefinitionId", definition->id},
        {"decisionDefinitionKey", definition->key},
        {"decisionDefinitionName", definition->name},
        {"decisionDefinitionVersion", definition->version},
        {"decisionEvaluationKey", definition->key},
        {"decisionInstanceKey", definition->key},
        {"decisionRequirementsId", definition->file},
        {"decisionRequirementsKey", definition->key},
        {"evaluatedDecisions", json::Array{}},
        {"failedDecisionDefinitionId", nullptr},
        {"failureMessage", nullptr},
        {"output", json::write(feel::to_json(*result))},
        {"tenantId", call.tenant.text},
    });
}

json::Object show(const runtime::Definition& definition)
{
    return {
        {"decisionDefinitionId", definition.id},
        {"decisionDefinitionKey", definition.key},
        {"decisionRequirementsId", definition.file},
        {"decisionRequirementsKey", definition.key},
        {"decisionRequirementsName", definition.file},
        {"decisionRequirementsVersion", definition.version},
        {"name", definition.name},
        {"version", definition.version},
        {"tenantId", definition.tenant.text},
    };
}

constexpr Field fields[] = {
    {"decisionDefinitionId"},
    {"decisionDefinitionKey"},
    {"decisionRequirementsId"},
    {"decisionRequirementsKey"},
    {"decisionRequirementsName"},
    {"decisionRequirementsVersion"},
    {"isLatestVersion"},
    {"name"},
    {"version"},
    {"tenantId"},
};

Answer search(const Parts& parts, const Call& call)
{
    const auto query = Query::read(call.body, fields, "decisionDefinitionKey");
    if (!query)
        return query.error();
    auto transaction = parts.database.begin_read(call.tenant);
    std::vector<json::Object> items;
    std::string last;
    for (const auto& definition : parts.runtime.definitions(
             transaction,
             {.kind = runtime::Deployed::Kind::decision,
             .key = query->equal_to("decisionDefinitionKey"),
             .id = query->equal_to("decisionDefinitionId")}
         )) {
        auto item = show(definition);
        item["isLatestVersion"] = definition.id != last;
        last = definition.id;
        items.push_back(std::move(item));
    }
    return query->answer(std::move(items), /*is_cut=*/false, {"isLatestVersion"});
}

base::Result<runtime::Definition>
find_one(const Parts& parts, sql::Transaction& transaction, const std::string& key)
{
    auto found =
        parts.runtime.definitions(transaction, {.kind = runtime::Deployed::Kind::decision, .key = key});
    if (found.empty())
        return unknown("decision definition " + key);
    return std::move(found.front());
}

Answer show_one(const Parts& parts, const Call& call)
{
    auto transaction = parts.database.begin_read(call.tenant);
    const auto found = find_one(parts, transaction, call.key("key"));
    if (!found)
        return found.error();
    return json_response(show(*found));
}

Answer show_file(const Parts& parts, const Call& call)
{
    auto transaction = parts.database.begin_read(call.tenant);
    const auto found = find_one(parts, transaction, call.key("key"));
    if (!found)
        return found.error();
    return http::Response{
        200,
        {{"content-type", "text/xml; charset=utf-8"}},
        parts.runtime.definition_file(transaction, found->key).value_or("")};
}

}  // namespace

std::vector<Operation> decision_operations()
{
    return {
        {http::Method::post, "/decision-definitions/evaluation", "decisions", evaluate},
        {http::Method::post, "/decision-definitions/search", "decisions", search},
        {http::Method::get, "/decision-definitions/{key}", "decisions", show_one},
        {http::Method::get, "/decision-definitions/{key}/xml", "decisions", show_file},
    };
}

}  // namespace orchestration
