#include "app/assets.hpp"
#include "app/desk_view.hpp"
#include "app/frame_pages.hpp"
#include "app/health.hpp"
#include "app/outgoing.hpp"
#include "app/portal_parts.hpp"
#include "app/theme.hpp"
#include "base/date.hpp"
#include "features/desk/feature.hpp"
#include "features/orchestration/feature.hpp"
#include "features/ordering/feature.hpp"
#include "features/reference/feature.hpp"
#include "kit/http/server.hpp"
#include "platform/clients/token_api.hpp"
#include "platform/documents/document_pages.hpp"
#include "platform/identity/identity_pages.hpp"
#include "platform/payments/payment_api.hpp"

namespace app {

namespace {

// Requests of workers that may wait for something at once, leaving the other half of the connections.
const auto most_waiting = static_cast<int>(http::ServerSettings{}.connection_limit / 2);

void append(std::vector<http::Route>& all, std::vector<http::Route> more)
{
    for (auto& route : more)
        all.push_back(std::move(route));
}

}  // namespace

// The one list of what is on.
std::vector<http::Route> Portal::Parts::all_routes()
{
    const auto may_try = [this](std::string_view key) { return attempts.take(key).is_allowed; };
    const identity::PageHandler not_found =
        [this](const http::Request& request, const identity::Visit& visit) {
            return problem_response(pages, texts, request, visit, html::ProblemKind::not_found);
        };
    const auto post_mail =
        [this](sql::Transaction& transaction, std::string_view to, std::string subject, std::string body) {
            post(transaction, to, std::move(subject), std::move(body));
        };
    const auto title = [this](std::string_view id, html::Language language) {
        return service_title(id, language);
    };

    std::vector<http::Route> all;
    append(all, operation_routes());
    append(
        all,
        identity::routes(
            {database,
             sessions,
             accounts,
             second_step,
             leaving,
             address_change,
             doorkeeper,
             texts,
             show,
             public_address,
             post_mail,
             [this](std::string_view email) { return orders_of(email); },
             may_try}
        )
    );
    append(all, clients::token_routes(api_clients, may_try));
    append(all, orchestration::routes({database, runtime, api_clients, world.clock, texts, most_waiting}));
    append(all, interface->routes());
    append(
        all,
        reference::routes({*interface, doorkeeper, texts, show, std::string(asset_url("swagger-ui.css"))})
    );
    append(all, payments::routes(payments));
    append(all, documents::routes({database, documents, municipalities, doorkeeper, texts, show, may_try}));
    append(all, ordering::routes({database,       world.clock, municipalities, catalog,  offers,  drafts,
                                  wishes,         orders,      cases,          messages, ratings, runtime,
                                  payments,       documents,   doorkeeper,     texts,    show,    not_found,
                                  public_address, post_mail,   may_try}));
    const DeskView view{database, catalog, payments, documents, cases, world.clock, texts};
    append(
        all,
        desk::routes(
            {desk,
             catalog,
             doorkeeper,
             texts,
             show,
             not_found,
             [this](const base::TenantId& tenant) { return authority_name(tenant); },
             title,
             [view](const cases::Case& shown, html::Language language) {
                 return view.answers(shown, language);
             },
             [view](const cases::Case& shown, html::Language language) {
                 return view.payment(shown, language);
             },
             [view](const cases::Case& shown, html::Language language) {
                 return view.documents(shown, language);
             },
             [view](const cases::Case& shown, const std::string& id) { return view.document(shown, id); },
             [view](const cases::Case& shown, const std::string& id, const std::string& who) {
                 return view.revoke(shown, id, who);
             }}
        )
    );
    return all;
}

// Files, health and the other addresses that no person reads.
std::vector<http::Route> Portal::Parts::operation_routes()
{
    const auto asset = [](const http::Request& request) {
        const auto found = find_asset(request.path);
        return found ? asset_response(*found, request) : http::empty(404);
    };
    const auto theme = [this](const http::Request& request) {
        const auto* municipality = municipalities.find_by_address(request.route_value("bfs"));
        if (municipality == nullptr)
            return http::empty(404);
        http::Response response{200, {}, theme_css(*municipality)};
        return response.set("content-type", "text/css; charset=utf-8")
            .set("cache-control", "public, max-age=3600");
    };
    const auto ready = [this](const http::Request&) {
        const auto least_free = static_cast<std::uint64_t>(settings.integer("server.disk_reserve_mebibytes"));
        const auto trouble = find_trouble(database, least_free << 20U);
        return http::text(trouble.empty() ? "ready\n" : trouble + "\n", trouble.empty() ? 200 : 503)
            .set("cache-control", "no-store");
    };
    const auto live = [](const http::Request&) {
        return http::text("live\n").set("cache-control", "no-store");
    };
    // RFC 9116; its date is always less than a year away.
    const auto contact = [this](const http::Request&) {
        const auto expires = world.clock.now() + std::chrono::days(180);
        return http::text(
            "Contact: " + settings.text("server.contact") + "\nExpires: " + base::format_instant(expires) +
            "\nPreferred-Languages: de, fr, it, en\nCanonical: " + public_address +
            "/.well-known/security.txt\n"
        );
    };
    std::vector<http::Route> routes{
        {http::Method::get, "/.well-known/security.txt", contact},
        {http::Method::get,
         "/.well-known/schalter-keys",
         [this](const http::Request&) { return public_keys(signing_keys); }},
        {http::Method::get, "/static/{file...}", asset},
        {http::Method::get, "/t/{bfs}/theme.css", theme},
        {http::Method::get, "/health/live", live},
        {http::Method::get, "/health/ready", ready},
    };
    for (const auto* path :
         {"/favicon.ico",
          "/favicon.svg",
          "/apple-touch-icon.png",
          "/robots.txt",
          "/font-licence.txt",
          "/swagger-ui-licence.txt"})
        if (find_asset(path))
            routes.push_back({http::Method::get, path, asset});
    return routes;
}

}  // namespace app
