#include "features/ordering/municipality_pages.hpp"

#include "features/ordering/wishes.hpp"
#include "kit/http/rate_limiter.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/lowest_fee.hpp"
#include "platform/catalog/offers.hpp"
#include "platform/tenancy/municipalities.hpp"

#include <algorithm>

namespace ordering {

namespace {

using catalog::Package;
using http::Request;
using http::Response;
using identity::Visit;
using tenancy::Municipality;

}  // namespace

html::Data MunicipalityPages::match_data(
    const Visit& visit, const tenancy::Match& match, const Package* package, const std::set<int>& offering
) const
{
    const Municipality& municipality = *match.municipality;
    // Where one office works for several municipalities, its seat is where the order goes.
    const Municipality& responsible =
        package == nullptr
            ? municipality
            : parts_.municipalities.responsible_for(municipality, package->service.responsible);
    html::Data data;
    data.set("name", municipality.name);
    if (match.former != nullptr)
        data.set(
            "why",
            text(
                visit,
                "former",
                {{"former", match.former->name},
                 {"year", std::to_string(match.former->year)},
                 {"name", municipality.name}}
            )
        );
    else if (match.locality != nullptr)
        data.set("why", match.locality->postal_code + " " + match.locality->name);
    if (responsible.bfs_number != municipality.bfs_number)
        data.set("seat", text(visit, "seat", {{"name", responsible.name}}));

    const bool is_offered = package == nullptr || offering.contains(responsible.bfs_number);
    if (responsible.participates && is_offered) {
        data.set(
            "url",
            package == nullptr ? "/" + municipality.slug : service_url(responsible, package->service.id)
        );
        return data;
    }
    data.set("refusal", text(visit, responsible.participates ? "does_not_offer" : "does_not_participate"))
        .set(
            "more_url",
            package == nullptr ? "/" + municipality.slug : service_url(responsible, package->service.id)
        );
    data.set("office", office(visit, responsible));
    return data;
}

html::Data
MunicipalityPages::matches(const Visit& visit, std::string_view query, const Package* package) const
{
    std::set<int> offering;
    if (package != nullptr) {
        auto transaction = parts_.database.begin_read_across_tenants();
        offering = parts_.offers.offering(transaction, package->service.id);
    }
    html::List list;
    for (const auto& match : parts_.municipalities.search(query))
        list.push_back(match_data(visit, match, package, offering));
    return list;
}

Response MunicipalityPages::municipalities(const Request& request, const Visit& visit) const
{
    const auto query = query_of(request);
    html::Data data;
    data.set("title", text(visit, "municipalities_title")).set("action", "/gemeinden").set("query", query);
    if (!query.empty()) {
        auto found = matches(visit, query, nullptr);
        data.set("nothing_found", !found.is_truthy()).set("matches", std::move(found));
    }
    return parts_.show(
        request,
        visit,
        {.page = "ordering/municipalities",
         .title = text(visit, "municipalities_title"),
         .data = std::move(data),
         .breadcrumbs = {{text(visit, "home"), "/"}}}
    );
}

Response MunicipalityPages::choose_municipality(const Request& request, const Visit& visit) const
{
    const auto* package = package_of(request);
    if (package == nullptr || package->service.is_ordered_elsewhere())
        return parts_.not_found(request, visit);
    const auto& texts = package->service.in(visit.language);
    const auto query = query_of(request);
    html::Data data;
    const auto* question = catalog::find_term(parts_.catalog.library().routing, package->service.routing);
    const auto title = question == nullptr ? text(visit, "choose_title") : question->in(visit.language);
    data.set("title", title).set("query", query);
    data.set("caption", texts.title).set("action", service_url(package->service.id) + "/gemeinde");
    if (!query.empty()) {
        auto found = matches(visit, query, package);
        data.set("nothing_found", !found.is_truthy()).set("matches", std::move(found));
    }
    return parts_.show(
        request,
        visit,
        {.page = "ordering/municipalities",
         .title = title,
         .data = std::move(data),
         .back_url = service_url(package->service.id),
         .service = texts.title}
    );
}

std::optional<Response>
MunicipalityPages::to_stable_address(const Request& request, const Municipality& municipality) const
{
    const auto asked = request.route_value("municipality");
    if (asked == municipality.slug)
        return {};
    const auto query = request.target.find('?');
    return http::moved(
        "/" + municipality.slug + request.path.substr(1 + asked.size()) +
        (query == std::string::npos ? "" : request.target.substr(query))
    );
}

// What the municipality offers; with a query what fits it, what is really offered first.
void MunicipalityPages::add_services(
    html::Data& data, const Visit& visit, const Municipality& municipality, const std::string& query
) const
{
    std::set<std::string> offered;
    if (municipality.participates) {
        auto transaction = parts_.database.begin_read(municipality.tenant());
        offered = parts_.offers.offered(transaction);
    }
    std::vector<const Package*> here;
    std::vector<const Package*> not_here;
    std::vector<const Package*> elsewhere;
    for (const auto* package : parts_.catalog.search(visit.language, query)) {
        if (package->service.is_ordered_elsewhere())
            elsewhere.push_back(package);
        else
            (offered.contains(package->service.id) ? here : not_here).push_back(package);
    }
    data.set("has_services", !offered.empty()).set("query", query);
    if (!query.empty())
        data.set(
                "count", text(visit, "found", {{"count", std::to_string(here.size())}, {"query", query}})
        ).set("found", cards(visit, here, &municipality));
    else
        data.set("groups", groups(visit, here, &municipality));
    const bool shows_rest = !query.empty() || !municipality.participates;
    data.set("has_not_here", shows_rest && !not_here.empty())
        .set("not_here", cards(visit, not_here, &municipality))
        .set("has_elsewhere", !elsewhere.empty())
        .set("elsewhere", cards(visit, elsewhere, nullptr));
}

Response MunicipalityPages::municipality(const Request& request, const Visit& visit) const
{
    const auto* municipality = municipality_of(request);
    if (municipality == nullptr)
        return parts_.not_found(request, visit);
    if (auto moved = to_stable_address(request, *municipality))
        return *std::move(moved);

    html::Data data;
    add_services(data, visit, *municipality, query_of(request));
    data.set("name", municipality->name)
        .set("action", "/" + municipality->slug)
        .set("participates", municipality->participates)
        .set("embedding_url", "/" + municipality->slug + "/einbetten")
        .set("office", office(visit, *municipality));
    return parts_.show(
        request,
        visit,
        {.page = "ordering/municipality",
         .title = text(visit, "municipality_title", {{"name", municipality->name}}),
         .data = std::move(data),
         .municipality = frame_of(*municipality),
         .breadcrumbs = {{text(visit, "home"), "/"}}}
    );
}

Response MunicipalityPages::embedding(const Request& request, const Visit& visit) const
{
    const auto* municipality = municipality_of(request);
    if (municipality == nullptr || !municipality->participates)
        return parts_.not_found(request, visit);
    if (auto moved = to_stable_address(request, *municipality))
        return *std::move(moved);
    auto transaction = parts_.database.begin_read(municipality->tenant());
    const auto offered = parts_.offers.offered(transaction);
    html::List links;
    for (const auto& package : parts_.catalog.packages()) {
        if (!offered.contains(package.service.id))
            continue;
        html::Data link;
        link.set("title", package.service.in(visit.language).title)
            .set("url", parts_.public_address + service_url(*municipality, package.service.id));
        links.push_back(std::move(link));
    }
    html::Data data;
    data.set("name", municipality->name)
        .set("language", html::code_of(visit.language))
        .set("start_url", parts_.public_address + "/" + municipality->slug)
        .set("links", std::move(links));
    return parts_.show(
        request,
        visit,
        {.page = "ordering/embedding",
         .title = text(visit, "embedding_title"),
         .data = std::move(data),
         .municipality = frame_of(*municipality),
         .breadcrumbs = {{text(visit, "home"), "/"}, {municipality->name, "/" + municipality->slug}}}
    );
}

void MunicipalityPages::add_draft(
    html::Data& data, sql::Transaction& transaction, const Visit& visit, const Package& package
) const
{
    const auto draft = parts_.drafts.find_open(transaction, visit.visitor, package.service.id);
    if (!draft)
        return;
    data.set("draft_url", draft_url(draft->id))
        .set(
            "draft_sentence",
            text(visit, "draft_from", {{"when", html::show_instant(visit.language, draft->updated_at)}})
        );
}

Response MunicipalityPages::service_of_municipality(const Request& request, const Visit& visit) const
{
    const auto* package = package_of(request);
    const auto* municipality = municipality_of(request);
    if (package == nullptr || municipality == nullptr)
        return parts_.not_found(request, visit);
    if (auto moved = to_stable_address(request, *municipality))
        return *std::move(moved);
    const auto& service = package->service;
    if (service.is_ordered_elsewhere())
        return http::see_other(service_url(service.id));
    const auto& responsible = parts_.municipalities.responsible_for(*municipality, service.responsible);
    if (responsible.bfs_number != municipality->bfs_number)
        return http::see_other(service_url(responsible, service.id));

    auto transaction = parts_.database.begin_read(municipality->tenant());
    const bool is_offered = municipality->participates && parts_.offers.is_offered(transaction, service.id);
    auto data = service_data(visit, *package);
    data.set("is_offered", is_offered)
        .set("refusal", text(visit, municipality->participates ? "does_not_offer" : "does_not_participate"))
        .set("municipality", municipality->name)
        .set("office", office(visit, *municipality))
        .set("begin_url", service_url(*municipality, service.id))
        .set("other_municipality_url", service_url(service.id) + "/gemeinde");
    if (is_offered) {
        add_draft(data, transaction, visit, *package);
        if (const auto price = catalog::lowest_fee(parts_.catalog, *package, municipality->bfs_number);
            price && price->minor > 0)
            data.set(
                "price_from",
                text(visit, "price_from", {{"amount", html::show_money(visit.language, *price)}})
            );
    } else {
        const auto wishes = parts_.wishes.of(transaction, service.id, visit.visitor);
        data.set("wish_url", service_url(*municipality, service.id) + "/wunsch")
            .set("is_wished", wishes.is_own)
            .set(
                "wishes",
                wishes.count == 0 ? std::string()
                                  : text(visit, "wishes", {{"count", std::to_string(wishes.count)}})
            );
    }
    const auto& texts = service.in(visit.language);
    return parts_.show(
        request,
        visit,
        {.page = "ordering/service_of_municipality",
         .title = texts.title,
         .data = std::move(data),
         .description = texts.summary,
         .municipality = frame_of(*municipality),
         .breadcrumbs = {{text(visit, "home"), "/"}, {municipality->name, "/" + municipality->slug}}}
    );
}

Response MunicipalityPages::wish(const Request& request, const Visit& visit) const
{
    const auto* package = package_of(request);
    const auto* municipality = municipality_of(request);
    if (package == nullptr || municipality == nullptr || package->service.is_ordered_elsewhere())
        return parts_.not_found(request, visit);
    // Who wishes too much is thanked like everybody else, and not counted.
    if (parts_.may_try("wish-from:" + http::client_network(request.remote_address))) {
        auto transaction = parts_.database.begin(municipality->tenant());
        parts_.wishes.add(transaction, package->service.id, visit.visitor);
        transaction.commit();
    }
    return http::see_other(service_url(*municipality, package->service.id) + "#wunsch");
}

}  // namespace ordering
