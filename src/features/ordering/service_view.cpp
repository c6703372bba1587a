#include "base/text.hpp"
#include "features/ordering/page_base.hpp"
#include "platform/catalog/catalog.hpp"

#include <algorithm>

// How services look in lists and on their own pages: the part of PageBase that knows the catalogue.
namespace ordering {

namespace {

constexpr std::size_t longest_query = 100;

std::string term_text(const identity::Visit& visit, const catalog::Terms& terms, std::string_view key)
{
    const auto* term = catalog::find_term(terms, key);
    return term == nullptr ? std::string() : term->in(visit.language);
}

std::string
terms_text(const identity::Visit& visit, const catalog::Terms& terms, const std::vector<std::string>& keys)
{
    std::string joined;
    for (const auto& key : keys)
        joined += (joined.empty() ? "" : ", ") + term_text(visit, terms, key);
    return joined;
}

}  // namespace

std::string query_of(const http::Request& request)
{
    const auto query = base::trim(request.query_value("q").value_or(""));
    return base::is_valid_utf8(query) ? std::string(query.substr(0, longest_query)) : std::string();
}

html::Data PageBase::marks(const identity::Visit& visit, const catalog::Package& package) const
{
    const auto& service = package.service;
    html::List list;
    const auto add = [&](std::string_view key, const html::Arguments& arguments = {}) {
        list.push_back(html::Data().set("text", text(visit, key, arguments)));
    };
    if (service.level != catalog::Level::municipality)
        add("level_" + std::string(catalog::name_of(service.level)));
    if (std::ranges::find(service.delivery, "appointment") != service.delivery.end())
        add("mark_appointment");
    else if (std::ranges::find(service.channels, "online") != service.channels.end())
        add("mark_online");
    if (service.payment.empty())
        add("mark_free");
    if (package.form.minimum_age() > 0)
        add("mark_age", {{"age", std::to_string(package.form.minimum_age())}});
    return list;
}

html::Data PageBase::card(
    const identity::Visit& visit, const catalog::Package& package, const tenancy::Municipality* municipality
) const
{
    const auto& texts = package.service.in(visit.language);
    const bool is_here = municipality != nullptr && !package.service.is_ordered_elsewhere();
    html::Data card;
    card.set("title", texts.title)
        .set("summary", texts.summary)
        .set(
            "url", is_here ? service_url(*municipality, package.service.id) : service_url(package.service.id)
        )
        .set("marks", marks(visit, package));
    return card;
}

html::Data PageBase::cards(
    const identity::Visit& visit,
    const std::vector<const catalog::Package*>& packages,
    const tenancy::Municipality* municipality
) const
{
    html::List list;
    for (const auto* package : packages)
        list.push_back(card(visit, *package, municipality));
    return list;
}

html::Data PageBase::groups(
    const identity::Visit& visit,
    const std::vector<const catalog::Package*>& packages,
    const tenancy::Municipality* municipality
) const
{
    html::List list;
    for (const auto& [key, name] : parts_.catalog.library().categories) {
        html::List members;
        for (const auto* package : packages)
            if (package->service.categories.front() == key)
                members.push_back(card(visit, *package, municipality));
        if (members.empty())
            continue;
        html::Data group;
        group.set("id", key).set("title", name.in(visit.language)).set("services", std::move(members));
        list.push_back(std::move(group));
    }
    return list;
}

html::Data PageBase::service_data(const identity::Visit& visit, const catalog::Package& package) const
{
    const auto& service = package.service;
    const auto& texts = service.in(visit.language);
    html::List legal;
    for (const auto& basis : service.legal_bases) {
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
        .set("costs", base::replace_all(texts.costs, "CHF ", "CHF\u00a0"))  // an amount is read as one word
        .set("processing_time", texts.processing_time)
        .set("channels", texts.channels)
        .set("has_legal_bases", !legal.empty())
        .set("legal_bases", std::move(legal))
        .set("marks", marks(visit, package))
        .set("responsible", term_text(visit, parts_.catalog.library().responsible, service.responsible))
        .set("delivery", terms_text(visit, parts_.catalog.library().delivery, service.delivery))
        .set(
            "checked_on",
            text(visit, "checked_on", {{"date", html::show_date(visit.language, service.checked_on)}})
        )
        .set("basis", text(visit, "basis_" + std::string(catalog::name_of(service.basis))));
    return data;
}

}  // namespace ordering
