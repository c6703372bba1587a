#include "app/portal_parts.hpp"
#include "features/desk/feature.hpp"
#include "features/ordering/feature.hpp"
#include "platform/catalog/service_api.hpp"
#include "platform/clients/token_api.hpp"
#include "platform/documents/document_api.hpp"
#include "platform/identity/cookies.hpp"
#include "platform/tenancy/municipality_api.hpp"
#include "platform/webhooks/webhook_api.hpp"

namespace app {

namespace {

api::Caller caller_of(const clients::Client& client)
{
    return {
        client.id,
        client.name,
        client.tenant,
        /*serves_every_tenant=*/client.tenant == tenancy::canton_tenant(),
        client.scopes};
}

}  // namespace

// The one list of what other programs can do.
std::unique_ptr<api::Interface> Portal::Parts::make_interface()
{
    std::vector<api::Slice> slices;
    slices.push_back(tenancy::municipality_api(municipalities, texts));
    slices.push_back(catalog::service_api({database, catalog, offers, municipalities, texts, public_address})
    );
    slices.push_back(documents::document_api(
        {database,
         documents,
         municipalities,
         [this](std::string_view key) { return attempts.take(key).is_allowed; }}
    ));
    slices.push_back(ordering::order_api(
        {database,
         world.clock,
         sealer,
         municipalities,
         catalog,
         offers,
         cases,
         payments,
         runtime,
         texts,
         public_address}
    ));
    slices.push_back(webhooks::webhook_api(webhooks));
    slices.push_back(desk::case_api({database, desk, catalog, cases, payments, documents, texts}));
    return std::make_unique<api::Interface>(
        api::Parts{
            texts,
            public_address,
            identity::preferred_language,
            [this](const http::Request& request) -> std::optional<api::Caller> {
                const auto found = clients::client_of(api_clients, request);
                return found ? std::optional(caller_of(*found)) : std::nullopt;
            }},
        std::move(slices)
    );
}

}  // namespace app
