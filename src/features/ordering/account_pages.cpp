#include "features/ordering/account_pages.hpp"

#include "features/ordering/case_access.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"

namespace ordering {

using http::Request;
using http::Response;
using identity::Visit;

std::string AccountPages::title_of(const Visit& visit, const std::string& service_id) const
{
    const auto* package = parts_.catalog.find(service_id);
    return package == nullptr ? service_id : package->service.in(visit.language).title;
}

html::Data AccountPages::own_orders(sql::Transaction& transaction, const Visit& visit) const
{
    html::List list;
    for (const auto& own : parts_.cases.of_email(transaction, visit.session->email)) {
        html::Data line;
        line.set("url", "/konto/vorgang/" + own.reference)
            .set("reference", own.reference)
            .set("title", title_of(visit, own.service_id))
            .set("municipality", municipality_of(own.tenant).name)
            .set("created", html::show_instant(visit.language, own.created_at))
            .set(
                "state",
                parts_.texts.text(visit.language, "cases.state_" + std::string(cases::name_of(own.state)))
            )
            .set("tag", html::tag_class(colour_of(own.state)));
        list.push_back(std::move(line));
    }
    return list;
}

html::Data AccountPages::own_drafts(sql::Transaction& transaction, const Visit& visit) const
{
    html::List list;
    for (const auto& draft : parts_.drafts.of_account(transaction, visit.session->email)) {
        const auto changed = html::show_instant(visit.language, draft.updated_at);
        html::Data line;
        line.set("title", title_of(visit, draft.service_id))
            .set("url", "/konto/entwurf/" + draft.id.text)
            .set("municipality", municipality_of(draft.tenant).name)
            .set("changed", text(visit, "draft_changed", {{"when", changed}}));
        list.push_back(std::move(line));
    }
    return list;
}

Response AccountPages::account(const Request& request, const Visit& visit) const
{
    auto transaction = parts_.database.begin_read_across_tenants();
    auto drafts = own_drafts(transaction, visit);
    auto orders = own_orders(transaction, visit);
    html::Data data;
    data.set("has_drafts", drafts.is_truthy()).set("drafts", std::move(drafts));
    data.set("has_cases", orders.is_truthy()).set("cases", std::move(orders));
    data.set("email_sentence", text(visit, "logged_in_as", {{"email", visit.session->email}}));
    return parts_.show(
        request,
        visit,
        {.page = "ordering/account",
         .title = text(visit, "account_title"),
         .data = std::move(data),
         .is_personal = true}
    );
}

}  // namespace ordering
