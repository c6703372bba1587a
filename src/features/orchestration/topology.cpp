#include "features/orchestration/exchange.hpp"

namespace orchestration {

namespace {

// Clients ask which servers there are before they begin; there is one address and nothing to choose.
Answer show_topology(const Parts&, const Call&)
{
    constexpr const char* version = "8.8.0";  // of the interface
    const json::Object partition{{"partitionId", 1}, {"role", "leader"}, {"health", "healthy"}};
    const json::Object broker{
        {"nodeId", 0},
        {"host", "schalter"},
        {"port", 443},
        {"partitions", json::Array{partition}},
        {"version", version},
    };
    return json_response({
        {"brokers", json::Array{broker}},
        {"clusterId", nullptr},
        {"clusterSize", 1},
        {"partitionsCount", 1},
        {"replicationFactor", 1},
        {"gatewayVersion", version},
        {"lastCompletedChangeId", "0"},
    });
}

Answer show_client(const Parts&, const Call& call)
{
    const json::Object tenant{
        {"tenantId", call.client.tenant.text}, {"name", call.client.tenant.text}, {"description", nullptr}};
    json::Array scopes;
    for (const auto& scope : call.client.scopes)
        scopes.emplace_back(scope);
    return json_response({
        {"username", call.client.id},
        {"displayName", call.client.name},
        {"email", nullptr},
        {"authorizedComponents", json::Array{}},
        {"tenants", json::Array{tenant}},
        {"groups", json::Array{}},
        {"roles", std::move(scopes)},
        {"salesPlanType", nullptr},
        {"c8Links", json::Object{}},
        {"canLogout", false},
    });
}

}  // namespace

std::vector<Operation> topology_operations()
{
    return {
        {http::Method::get, "/topology", "", show_topology},
        {http::Method::get, "/authentication/me", "", show_client},
        {http::Method::get,
         "/status",
         "",
         [](const Parts&, const Call&) -> Answer { return http::empty(204); }},
    };
}

}  // namespace orchestration
