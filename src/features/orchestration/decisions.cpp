#include "features/orchestration/exchange.hpp"

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
    for (const auto& definition : found)
        if (definition.tenant == transaction.tenant())
            return definition;
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

Answer search(const Parts& parts, const Call& call)
{
    const auto page = page_of(call.body);
    const auto id = filter_of(call.body, "decisionDefinitionId");
    const auto key = filter_of(call.body, "decisionDefinitionKey");
    const auto others = refuse_other_filters(call.body, {"decisionDefinitionId", "decisionDefinitionKey"});
    if (const auto* error = first_error(page, id, key, others))
        return *error;
    auto transaction = parts.database.begin_read(call.tenant);
    json::Array items;
    for (const auto& definition : parts.runtime.definitions(
             transaction, {.kind = runtime::Deployed::Kind::decision, .key = *key, .id = *id}
         ))
        items.emplace_back(json::Object{
            {"decisionDefinitionId", definition.id},
            {"decisionDefinitionKey", definition.key},
            {"decisionRequirementsId", definition.file},
            {"decisionRequirementsKey", definition.key},
            {"decisionRequirementsName", definition.file},
            {"decisionRequirementsVersion", definition.version},
            {"name", definition.name},
            {"version", definition.version},
            {"tenantId", definition.tenant.text},
        });
    return page_response(std::move(items), *page);
}

}  // namespace

std::vector<Operation> decision_operations()
{
    return {
        {http::Method::post, "/decision-definitions/evaluation", "decisions", evaluate},
        {http::Method::post, "/decision-definitions/search", "decisions", search},
    };
}

}  // namespace orchestration
