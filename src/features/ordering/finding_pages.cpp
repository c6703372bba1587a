#include "features/ordering/finding_pages.hpp"

#include "platform/catalog/catalog.hpp"

#include <algorithm>

namespace ordering {

namespace {

using catalog::Package;
using http::Request;
using http::Response;
using identity::Visit;

constexpr std::string_view all_services_url = "/leistungen";
constexpr std::size_t titles_of_category = 3;  // named on its card

bool has(const std::vector<std::string>& keys, std::string_view key)
{
    return std::ranges::find(keys, key) != keys.end();
}

// "/leistungen?kategorie=waste"
std::string filtered_url(std::string_view filter, std::string_view key)
{
    std::string url(all_services_url);
    url += filter;
    url += http::percent_encode(key);
    return url;
}

}  // namespace

html::Data FindingPages::category_cards(const Visit& visit) const
{
    html::List list;
    for (const auto& [key, name] : parts_.catalog.library().categories) {
        std::string titles;
        std::size_t count = 0;
        for (const auto& package : parts_.catalog.packages()) {
            if (!has(package.service.categories, key))
                continue;
            if (++count <= titles_of_category)
                titles += (titles.empty() ? "" : ", ") + package.service.in(visit.language).title;
        }
        if (count == 0)
            continue;
        html::Data card;
        card.set("title", name.in(visit.language))
            .set("url", filtered_url("?kategorie=", key))
            .set("summary", titles);
        card.set("count", text(visit, "services_count", {{"count", std::to_string(count)}}));
        list.push_back(std::move(card));
    }
    return list;
}

html::Data FindingPages::life_event_links(const Visit& visit) const
{
    html::List list;
    for (const auto& [key, name] : parts_.catalog.library().life_events) {
        const bool is_used = std::ranges::any_of(parts_.catalog.packages(), [&](const Package& package) {
            return has(package.service.life_events, key);
        });
        if (!is_used)
            continue;
        html::Data link;
        link.set("text", name.in(visit.language)).set("url", filtered_url("?lebenslage=", key));
        list.push_back(std::move(link));
    }
    return list;
}

Response FindingPages::home(const Request& request, const Visit& visit) const
{
    html::Data data;
    data.set("categories", category_cards(visit)).set("life_events", life_event_links(visit));
    return parts_.show(
        request,
        visit,
        {.page = "ordering/home",
         .title = text(visit, "home_title"),
         .data = std::move(data),
         .description = text(visit, "home_lead")}
    );
}

Response FindingPages::services(const Request& request, const Visit& visit) const
{
    const auto category = request.query_value("kategorie").value_or("");
    const auto life_event = request.query_value("lebenslage").value_or("");
    const auto& library = parts_.catalog.library();
    const auto* term = !category.empty() ? catalog::find_term(library.categories, category)
                                         : catalog::find_term(library.life_events, life_event);
    if (term == nullptr && !(category.empty() && life_event.empty()))
        return parts_.not_found(request, visit);

    std::vector<const Package*> found;
    for (const auto& package : parts_.catalog.packages()) {
        const auto& service = package.service;
        if (category.empty() && life_event.empty())
            found.push_back(&package);
        else if (has(category.empty() ? service.life_events : service.categories,
                     category.empty() ? life_event : category))
            found.push_back(&package);
    }
    const auto title = term == nullptr ? text(visit, "all_services_title") : term->in(visit.language);
    html::Data data;
    data.set("title", title);
    if (term == nullptr)
        data.set("groups", groups(visit, found, nullptr));
    else
        data.set("has_services", true).set("services", cards(visit, found, nullptr));
    std::vector<html::Link> breadcrumbs{{text(visit, "home"), "/"}};
    if (term != nullptr)
        breadcrumbs.push_back({text(visit, "all_services_title"), std::string(all_services_url)});
    return parts_.show(
        request,
        visit,
        {.page = "ordering/all_services",
         .title = title,
         .data = std::move(data),
         .breadcrumbs = std::move(breadcrumbs)}
    );
}

Response FindingPages::search(const Request& request, const Visit& visit) const
{
    const auto query = query_of(request);
    const auto found = parts_.catalog.search(visit.language, query);
    html::Data data;
    data.set("query", query)
        .set("count", text(visit, "found", {{"count", std::to_string(found.size())}, {"query", query}}))
        .set("has_results", !found.empty())
        .set("services", cards(visit, found, nullptr));
    return parts_.show(
        request,
        visit,
        {.page = "ordering/search",
         .title = text(visit, "search_title"),
         .data = std::move(data),
         .breadcrumbs = {{text(visit, "home"), "/"}}}
    );
}

Response FindingPages::service(const Request& request, const Visit& visit) const
{
    const auto* package = package_of(request);
    if (package == nullptr)
        return parts_.not_found(request, visit);
    const auto& service = package->service;
    const auto& texts = service.in(visit.language);
    auto data = service_data(visit, *package);
    if (service.is_ordered_elsewhere())
        data.set("elsewhere_url", service.address.in(visit.language))
            .set("elsewhere", text(visit, "order_at_" + std::string(catalog::name_of(service.level))));
    else
        data.set("start_url", service_url(service.id) + "/gemeinde");
    return parts_.show(
        request,
        visit,
        {.page = "ordering/service",
         .title = texts.title,
         .data = std::move(data),
         .description = texts.summary,
         .breadcrumbs =
             {{text(visit, "home"), "/"}, {text(visit, "all_services_title"), std::string(all_services_url)}}}
    );
}

}  // namespace ordering
