#include "base/date.hpp"
#include "features/orchestration/exchange.hpp"

#include <array>
#include <utility>

namespace orchestration {

namespace {

constexpr std::size_t most_incidents = 10'000;

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
        {"elementInstanceKey", incident.id.text},
        {"jobKey", nullptr},
    };
}

Answer search(const Parts& parts, const Call& call)
{
    Filter filter(call.body);
    const auto instance = filter.text("processInstanceKey");
    const auto process = filter.text("processDefinitionId");
    const auto state = filter.text("state");
    const auto page = page_of(call.body);
    if (const auto error = first_error(page, filter.all_taken()))
        return *error;
    auto transaction = parts.database.begin_read(call.tenant);
    std::vector<runtime::Incident> fitting;
    // What is resolved is no incident any more.
    if (state.empty() || state == "ACTIVE")
        for (auto& incident : parts.runtime.incidents(transaction, most_incidents))
            if ((instance.empty() || instance == incident.instance.text) &&
                (process.empty() || process == incident.process_id))
                fitting.push_back(std::move(incident));
    return page_response(fitting, *page, [&](const runtime::Incident& incident) {
        return show(incident, parts.runtime.find_instance(transaction, incident.instance).value());
    });
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
        {http::Method::post, "/incidents/{key}/resolution", "processes", resolve},
    };
}

}  // namespace orchestration
