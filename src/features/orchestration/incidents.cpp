#include "base/date.hpp"
#include "features/orchestration/exchange.hpp"
#include "features/orchestration/query.hpp"
#include "process/runtime/keys.hpp"

#include <array>
#include <utility>

namespace orchestration {

namespace {

// Our kinds in the words of the interface.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kinds{{
    {"job", "JOB_NO_RETRIES"},
    {"expression", "EXTRACT_VALUE_ERROR"},
    {"timer", "EXTRACT_VALUE_ERROR"},
    {"decision", "DECISION_EVALUATION_ERROR"},
    {"error", "UNHANDLED_ERROR_EVENT"},
    {"flow", "CONDITION_ERROR"},
    {"call", "CALLED_ELEMENT_ERROR"},
}};

std::string_view type_of(std::string_view kind)
{
    const auto known = std::ranges::find(kinds, kind, &std::pair<std::string_view, std::string_view>::first);
    return known == kinds.end() ? "UNKNOWN" : known->second;
}

json::Object show(const runtime::Incident& incident, const runtime::Instance& instance)
{
    return {
        {"processDefinitionId", incident.process_id},
        {"errorType", json::Value(type_of(incident.kind))},
        {"errorMessage", incident.message},
        {"elementId", incident.element},
        {"creationTime", base::format_instant(incident.raised_at)},
        {"state", "ACTIVE"},
        {"tenantId", incident.tenant.text},
        {"incidentKey", incident.id.text},
        {"processDefinitionKey", instance.definition_key},
        {"processInstanceKey", incident.instance.text},
        {"rootProcessInstanceKey", nullptr},
        {"elementInstanceKey", runtime::element_key(incident.instance.text, incident.element_number)},
        {"jobKey", nullptr},
    };
}

constexpr Field fields[] = {
    {"processDefinitionId"},
    {"errorType"},
    {"errorMessage"},
    {"elementId"},
    {"creationTime"},
    {"state"},
    {"tenantId"},
    {"incidentKey"},
    {"processDefinitionKey"},
    {"processInstanceKey"},
    {"elementInstanceKey"},
    {"jobKey"},
};

Answer answer_search(
    const Parts& parts, const Call& call, const std::function<bool(const runtime::Incident&)>& is_asked_for
)
{
    const auto query = Query::read(call.body, fields, "incidentKey");
    if (!query)
        return query.error();
    auto transaction = parts.database.begin_read(call.tenant);
    const auto found = parts.runtime.incidents(transaction, most_read);
    std::vector<json::Object> items;
    for (const auto& incident : found)
        if (is_asked_for(incident))
            items.push_back(
                show(incident, parts.runtime.find_instance(transaction, incident.instance).value())
            );
    return query->answer(std::move(items), found.size() == most_read);
}

Answer search(const Parts& parts, const Call& call)
{
    return answer_search(parts, call, [](const runtime::Incident&) { return true; });
}

Answer search_of_instance(const Parts& parts, const Call& call)
{
    return answer_search(parts, call, [&](const runtime::Incident& incident) {
        return incident.instance.text == call.key("key");
    });
}

Answer show_one(const Parts& parts, const Call& call)
{
    auto transaction = parts.database.begin_read(call.tenant);
    const auto found = parts.runtime.find_incident(transaction, {call.key("key")});
    if (!found)
        return unknown("incident " + call.key("key"));
    return json_response(show(*found, parts.runtime.find_instance(transaction, found->instance).value()));
}

Answer resolve(const Parts& parts, const Call& call)
{
    const auto make = [&](sql::Transaction& transaction) {
        return parts.runtime.resolve_incident(transaction, {call.key("key")}, call.client.name);
    };
    return change(parts, call, make, "incident");
}

}  // namespace

std::vector<Operation> incident_operations()
{
    return {
        {http::Method::post, "/incidents/search", "processes", search},
        {http::Method::get, "/incidents/{key}", "processes", show_one},
        {http::Method::post, "/process-instances/{key}/incidents/search", "processes", search_of_instance},
        {http::Method::post, "/incidents/{key}/resolution", "processes", resolve},
    };
}

}  // namespace orchestration
