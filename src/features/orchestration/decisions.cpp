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

Answer search(const Parts& parts, const Call& call)
{
    Filter filter(call.body);
    const auto id = filter.text("decisionDefinitionId");
    const auto key = filter.text("decisionDefinitionKey");
    const auto page = page_of(call.body);
    if (const auto error = first_error(page, filter.all_taken()))
        return *error;
    auto transaction = parts.database.begin_read(call.tenant);
    const auto found = parts.runtime.definitions(
        transaction, {.kind = runtime::Deployed::Kind::decision, .key = key, .id = id}
    );
    return page_response(found, *page, show);
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
