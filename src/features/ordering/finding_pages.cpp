#include "features/ordering/finding_pages.hpp"

#include "base/text.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/offers.hpp"
#include "platform/tenancy/municipalities.hpp"

namespace ordering {

namespace {

using catalog::Package;
using http::Request;
using http::Response;
using identity::Visit;
using tenancy::Municipality;

constexpr std::size_t longest_query = 100;

std::string query_of(const Request& request)
{
    const auto query = base::trim(request.query_value("q").value_or(""));
    return base::is_valid_utf8(query) ? std::string(query.substr(0, longest_query)) : std::string();
}

}  // namespace

html::Data FindingPages::services(const Visit& visit, std::string_view query) const
{
    html::List list;
    for (const auto* package : parts_.catalog.search(visit.language, query)) {
        const auto& texts = package->service.in(visit.language);
        html::Data service;
        service.set("title", texts.title)
            .set("summary", texts.summary)
            .set("url", service_url(package->service.id));
        list.push_back(std::move(service));
    }
    return list;
}

Response FindingPages::home(const Request& request, const Visit& visit) const
{
    html::Data data;
    data.set("services", services(visit, {}));
    return parts_.show(
        request,
        visit,
        {.page = "ordering/home",
         .title = text(visit, "home_title"),
         .data = std::move(data),
         .description = text(visit, "home_lead")}
    );
}

Response FindingPages::search(const Request& request, const Visit& visit) const
{
    const auto query = query_of(request);
    auto found = services(visit, query);
    const auto count = found.if_list() == nullptr ? 0 : found.if_list()->size();
    html::Data data;
    data.set("query", query)
        .set("count", text(visit, "found", {{"count", std::to_string(count)}, {"query", query}}))
        .set("has_results", count > 0)
        .set("services", std::move(found));
    return parts_.show(
        request,
        visit,
        {.page = "ordering/search",
         .title = text(visit, "search_title"),
         .data = std::move(data),
         .breadcrumbs = {{text(visit, "home"), "/"}}}
    );
}

html::Data FindingPages::service_data(const Visit& visit, const Package& package) const
{
    const auto& texts = package.service.in(visit.language);
    html::List legal;
    for (const auto& basis : package.service.legal_bases) {
        html::Data line;
        line.set("title", basis.title.in(visit.language)).set("url", basis.url);
        legal.push_back(std::move(line));
    }
    html::Data data;
    data.set("title", texts.title)
        .set("summary", texts.summary)
        .set("audience", text_list(texts.audience))
        .set("requirements", text_list(texts.requirements))
        .set("steps", text_list(texts.steps))
        .set("evidence", text_list(texts.evidence))
        .set("outputs", text_list(texts.outputs))
        .set("costs", texts.costs)
        .set("processing_time", texts.processing_time)
        .set("channels", texts.channels)
        .set("has_legal_bases", !legal.empty())
        .set("legal_bases", std::move(legal))
        .set(
            "checked_on",
            text(visit, "checked_on", {{"date", html::show_date(visit.language, package.service.checked_on)}})
        );
    return data;
}

Response FindingPages::service(const Request& request, const Visit& visit) const
{
    const auto* package = package_of(request);
    if (package == nullptr)
        return parts_.not_found(request, visit);
    const auto& texts = package->service.in(visit.language);
    auto data = service_data(visit, *package);
    data.set("start_url", service_url(package->service.id) + "/gemeinde");
    return parts_.show(
        request,
        visit,
        {.page = "ordering/service",
         .title = texts.title,
         .data = std::move(data),
         .description = texts.summary,
         .breadcrumbs = {{text(visit, "home"), "/"}}}
    );
}

html::Data FindingPages::match_data(
    const Visit& visit, const tenancy::Match& match, const Package* package, const std::set<int>& offering
) const
{
    const Municipality& municipality = *match.municipality;
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

    const bool is_offered = package == nullptr || offering.contains(municipality.bfs_number);
    if (municipality.participates && is_offered) {
        data.set(
            "url",
            package == nullptr ? "/" + municipality.slug : service_url(municipality, package->service.id)
        );
        return data;
    }
    data.set("refusal", text(visit, municipality.participates ? "does_not_offer" : "does_not_participate"));
    data.set("office", office(visit, municipality));
    return data;
}

html::Data FindingPages::matches(const Visit& visit, std::string_view query, const Package* package) const
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

Response FindingPages::municipalities(const Request& request, const Visit& visit) const
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

Response FindingPages::choose_municipality(const Request& request, const Visit& visit) const
{
    const auto* package = package_of(request);
    if (package == nullptr)
        return parts_.not_found(request, visit);
    const auto& texts = package->service.in(visit.language);
    const auto query = query_of(request);
    html::Data data;
    data.set("title", text(visit, "choose_title")).set("query", query);
    data.set("caption", texts.title).set("action", service_url(package->service.id) + "/gemeinde");
    if (!query.empty()) {
        auto found = matches(visit, query, package);
        data.set("nothing_found", !found.is_truthy()).set("matches", std::move(found));
    }
    return parts_.show(
        request,
        visit,
        {.page = "ordering/municipalities",
         .title = text(visit, "choose_title"),
         .data = std::move(data),
         .back_url = service_url(package->service.id),
         .service = texts.title}
    );
}

std::optional<Response>
FindingPages::to_stable_address(const Request& request, const Municipality& municipality) const
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

Response FindingPages::municipality(const Request& request, const Visit& visit) const
{
    const auto* municipality = municipality_of(request);
    if (municipality == nullptr)
        return parts_.not_found(request, visit);
    if (auto moved = to_stable_address(request, *municipality))
        return *std::move(moved);

    auto transaction = parts_.database.begin_read(municipality->tenant());
    const auto offered = parts_.offers.offered(transaction);
    html::List list;
    for (const auto& package : parts_.catalog.packages()) {
        if (!municipality->participates || !offered.contains(package.service.id))
            continue;
        const auto& texts = package.service.in(visit.language);
        html::Data service;
        service.set("title", texts.title)
            .set("summary", texts.summary)
            .set("url", service_url(*municipality, package.service.id));
        list.push_back(std::move(service));
    }
    html::Data data;
    data.set("name", municipality->name)
        .set("participates", municipality->participates)
        .set("has_services", !list.empty())
        .set("services", std::move(list))
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

Response FindingPages::service_of_municipality(const Request& request, const Visit& visit) const
{
    const auto* package = package_of(request);
    const auto* municipality = municipality_of(request);
    if (package == nullptr || municipality == nullptr)
        return parts_.not_found(request, visit);
    if (auto moved = to_stable_address(request, *municipality))
        return *std::move(moved);

    auto transaction = parts_.database.begin_read(municipality->tenant());
    const bool is_offered =
        municipality->participates && parts_.offers.is_offered(transaction, package->service.id);
    auto data = service_data(visit, *package);
    data.set("is_offered", is_offered)
        .set("refusal", text(visit, municipality->participates ? "does_not_offer" : "does_not_participate"))
        .set("municipality", municipality->name)
        .set("office", office(visit, *municipality))
        .set("begin_url", service_url(*municipality, package->service.id))
        .set("other_municipality_url", service_url(package->service.id) + "/gemeinde");
    if (is_offered) {
        const auto draft = parts_.drafts.find_open(transaction, visit.visitor, package->service.id);
        if (draft)
            data.set("draft_url", "/bestellung/" + draft->id.text)
                .set(
                    "draft_sentence",
                    text(
                        visit, "draft_from", {{"when", html::show_instant(visit.language, draft->updated_at)}}
                    )
                );
    }
    const auto& texts = package->service.in(visit.language);
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

}  // namespace ordering
