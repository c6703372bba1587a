#include "base/date.hpp"
#include "features/orchestration/exchange.hpp"
#include "features/orchestration/query.hpp"
#include "process/runtime/keys.hpp"

#include <array>

namespace orchestration {

namespace {

// "userTask" is USER_TASK there. What that interface has no name for is UNKNOWN.
std::string type_name(std::string_view type)
{
    if (type.empty() || type == "complexGateway")
        return "UNKNOWN";
    std::string name;
    for (const char letter : type) {
        const bool is_capital = letter >= 'A' && letter <= 'Z';
        if (is_capital)
            name += '_';
        name += is_capital ? letter : static_cast<char>(letter - 'a' + 'A');
    }
    return name;
}

const char* state_name(runtime::InstanceState state)
{
    switch (state) {
    case runtime::InstanceState::active: return "ACTIVE";
    case runtime::InstanceState::completed: return "COMPLETED";
    default: return "TERMINATED";
    }
}

json::Object show(const runtime::ElementInstance& element, const runtime::Instance& instance)
{
    return {
        {"processDefinitionId", instance.process_id},
        {"startDate", base::format_instant(element.started_at)},
        {"endDate", instant_or_null(element.ended_at)},
        {"elementId", element.element},
        {"elementName", element.name.empty() ? element.element : element.name},
        {"type", type_name(element.type)},
        {"state", state_name(element.state)},
        {"hasIncident", element.incident.has_value()},
        {"tenantId", instance.tenant.text},
        {"elementInstanceKey", runtime::element_key(instance.id.text, element.number)},
        {"processInstanceKey", instance.id.text},
        {"rootProcessInstanceKey", nullptr},
        {"processDefinitionKey", instance.definition_key},
        {"incidentKey", element.incident ? json::Value(element.incident->text) : json::Value()},
    };
}

constexpr Field fields[] = {
    {"processDefinitionId"},
    {"state"},
    {"type"},
    {"elementId"},
    {"elementName"},
    {"hasIncident"},
    {"tenantId"},
    {"elementInstanceKey"},
    {"processInstanceKey"},
    {"processDefinitionKey"},
    {"incidentKey"},
    {"startDate"},
    {"endDate"},
};

// The instances whose elements a search is about: one, or the newest that fit.
runtime::InstanceFilter instances_of(const Query& query)
{
    auto instance = query.equal_to("processInstanceKey");
    if (const auto key = runtime::parse_element_key(query.equal_to("elementInstanceKey")))
        instance = key->instance.text;
    return {
        .id = instance,
        .process_id = query.equal_to("processDefinitionId"),
        .definition_key = query.equal_to("processDefinitionKey"),
        .most = 1000,
    };
}

Answer search(const Parts& parts, const Call& call)
{
    const auto query = Query::read(call.body, fields, "elementInstanceKey");
    if (!query)
        return query.error();
    auto transaction = parts.database.begin_read(call.tenant);
    const auto wanted = instances_of(*query);
    const auto instances = parts.runtime.find_instances(transaction, wanted);
    std::vector<json::Object> items;
    bool is_cut = instances.size() == wanted.most;
    for (const auto& instance : instances) {
        if (items.size() >= most_read) {
            is_cut = true;
            break;
        }
        for (const auto& element : parts.runtime.element_instances(transaction, instance.id))
            items.push_back(show(element, instance));
    }
    return query->answer(std::move(items), is_cut);
}

Answer show_one(const Parts& parts, const Call& call)
{
    const auto key = runtime::parse_element_key(call.key("key"));
    auto transaction = parts.database.begin_read(call.tenant);
    const auto instance = key ? parts.runtime.find_instance(transaction, key->instance) : std::nullopt;
    if (instance)
        for (const auto& element : parts.runtime.element_instances(transaction, instance->id))
            if (element.number == key->number)
                return json_response(show(element, *instance));
    return unknown("element instance " + call.key("key"));
}

}  // namespace

std::vector<Operation> element_operations()
{
    return {
        {http::Method::post, "/element-instances/search", "processes", search},
        {http::Method::get, "/element-instances/{key}", "processes", show_one},
    };
}

}  // namespace orchestration
