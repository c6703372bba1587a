#include "features/ordering/form_pages.hpp"

#include "kit/html/components.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/answer_text.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/local_date.hpp"
#include "platform/catalog/offers.hpp"
#include "platform/catalog/question_view.hpp"
#include "platform/payments/payments.hpp"
#include "platform/tenancy/municipalities.hpp"

#include <algorithm>
#include <stdexcept>

namespace ordering {

namespace {

using catalog::Package;
using http::Request;
using http::Response;
using identity::Visit;

constexpr std::string_view check_page = "pruefen";

std::string page_url(const DraftId& id, std::string_view page)
{
    return draft_url(id) + "/" + std::string(page);
}

// The page after (or before) this one among those that the answers lead through; nullptr at the end.
const catalog::Page*
neighbour(const std::vector<const catalog::Page*>& pages, const catalog::Page& page, int distance)
{
    const auto found = std::ranges::find(pages, &page);
    const auto index = found - pages.begin() + distance;
    if (found == pages.end() || index < 0 || index >= static_cast<std::ptrdiff_t>(pages.size()))
        return nullptr;
    return pages[static_cast<std::size_t>(index)];
}

// What the login tells: shown in the form for checking.
json::Object known_of(const Visit& visit, const catalog::Form& form)
{
    if (!visit.session || visit.session->kind != identity::SessionKind::resident || form.email_key().empty())
        return {};
    return {{form.email_key(), visit.session->email}};
}

bool returns_to_check(const Request& request)
{
    return request.query_value("zurueck") == check_page;
}

}  // namespace

Response FormPages::lost(const Request& request, const Visit& visit) const
{
    return problem(request, visit, "draft_lost", 404);
}

Response FormPages::begin(const Request& request, const Visit& visit) const
{
    const auto* package = package_of(request);
    const auto* municipality = municipality_of(request);
    if (package == nullptr || municipality == nullptr)
        return parts_.not_found(request, visit);

    auto transaction = parts_.database.begin(municipality->tenant());
    if (!municipality->participates || !parts_.offers.is_offered(transaction, package->service.id))
        return http::see_other(service_url(*municipality, package->service.id));
    // An open draft is never followed by a second one in silence; starting afresh throws it away.
    const auto open = parts_.drafts.find_open(transaction, visit.visitor, package->service.id);
    const auto form = request.form();
    if (open && http::find_field(form, "neu") != "ja")
        return http::see_other(draft_url(open->id));
    if (open)
        parts_.drafts.discard(transaction, open->id);
    const auto draft =
        parts_.drafts.begin(transaction, visit.visitor, package->service.id, known_of(visit, package->form));
    if (visit.session && visit.session->kind == identity::SessionKind::resident)
        parts_.drafts.bind(transaction, draft.id, visit.session->email);
    transaction.commit();
    return http::see_other(draft_url(draft.id));
}

Response FormPages::resume(const Request& request, const Visit& visit) const
{
    const auto draft = find_draft(request, visit);
    const auto* package = draft ? parts_.catalog.find(draft->service_id) : nullptr;
    if (package == nullptr)
        return lost(request, visit);
    const auto* open = draft->case_id ? nullptr : package->form.first_open_page(draft->answers);
    return http::see_other(page_url(draft->id, open == nullptr ? check_page : std::string_view(open->id)));
}

Response FormPages::show_page(const Request& request, const Visit& visit) const
{
    const auto draft = find_draft(request, visit);
    const auto* package = draft ? parts_.catalog.find(draft->service_id) : nullptr;
    if (package == nullptr)
        return lost(request, visit);
    if (draft->case_id)
        return http::see_other(page_url(draft->id, check_page));
    const auto* page = package->form.find_page(request.route_value("page"));
    if (page == nullptr)
        return parts_.not_found(request, visit);
    if (neighbour(package->form.pages_for(draft->answers), *page, 0) == nullptr)  // not asked of this person
        return http::see_other(draft_url(draft->id));
    return page_response(request, visit, *draft, *page, nullptr);
}

Response FormPages::take_page(const Request& request, const Visit& visit) const
{
    const auto found = find_draft(request, visit);
    const auto* package = found ? parts_.catalog.find(found->service_id) : nullptr;
    if (package == nullptr)
        return lost(request, visit);
    const auto* page = package->form.find_page(request.route_value("page"));
    if (page == nullptr)
        return parts_.not_found(request, visit);

    auto transaction = parts_.database.begin(found->tenant);
    // Read again, so that what another tab saved meanwhile is kept.
    const auto draft = parts_.drafts.find(transaction, found->id, visit.visitor);
    if (!draft)
        return lost(request, visit);
    if (draft->case_id)
        return http::see_other(page_url(draft->id, check_page));
    const auto checked =
        package->form.check(*page, request.form(), draft->answers, catalog::local_date(visit.now));
    // What is right is kept, even when something else on the page is not.
    parts_.drafts.save(transaction, draft->id, checked.partial);
    transaction.commit();
    if (http::find_field(request.form(), "spaeter") == "ja")
        return http::see_other(page_url(draft->id, "spaeter"));
    if (!checked.errors.empty())
        return page_response(request, visit, *draft, *page, &checked);

    const auto* open = package->form.first_open_page(checked.answers);
    if (returns_to_check(request))
        return http::see_other(page_url(draft->id, open == nullptr ? check_page : std::string_view(open->id))
        );
    const auto* next = neighbour(package->form.pages_for(checked.answers), *page, 1);
    return http::see_other(page_url(draft->id, next == nullptr ? check_page : std::string_view(next->id)));
}

Response FormPages::page_response(
    const Request& request,
    const Visit& visit,
    const Draft& draft,
    const catalog::Page& page,
    const catalog::Checked* checked
) const
{
    const auto& package = *parts_.catalog.find(draft.service_id);
    const auto pages = package.form.pages_for(draft.answers);
    const auto at = std::ranges::find(pages, &page) - pages.begin();
    const auto* previous = neighbour(pages, page, -1);
    const auto& municipality = municipality_of(draft.tenant);

    html::Data data;
    data.set("title", page.title.in(visit.language))
        .set("description", page.description.in(visit.language))
        .set("action", request.target)
        .set("step", html::step_caption(static_cast<int>(at) + 1, static_cast<int>(pages.size()) + 1))
        .set("keep", text(visit, "draft_kept", {{"days", std::to_string(draft_lifetime.count())}}))
        .set(
            "fields",
            catalog::fields_data(
                {package.form, package.form.questions_for(page, draft.answers), draft.answers, checked},
                parts_.texts,
                visit.language
            )
        );
    if (checked != nullptr)
        data.set("error_summary", catalog::errors_data(*checked, visit.language));

    std::string back =
        previous == nullptr ? service_url(municipality, draft.service_id) : page_url(draft.id, previous->id);
    if (returns_to_check(request))
        back = page_url(draft.id, check_page);
    return parts_.show(
        request,
        visit,
        {.page = "ordering/form",
         .title = page.title.in(visit.language),
         .data = std::move(data),
         .status = checked == nullptr ? 200 : 422,
         .has_errors = checked != nullptr,
         .back_url = back,
         .service = package.service.in(visit.language).title,
         .is_personal = true,
         .municipality = frame_of(municipality)}
    );
}

html::Data FormPages::answers_data(const Visit& visit, const Draft& draft) const
{
    const auto& package = *parts_.catalog.find(draft.service_id);
    html::List groups;
    const catalog::Page* page = nullptr;
    std::vector<html::SummaryRow> rows;
    const auto close_group = [&] {
        if (!rows.empty())
            groups.push_back(html::summary_list(rows, page->title.in(visit.language)));
        rows.clear();
    };
    for (auto& answer : catalog::answer_texts(package.form, draft.answers, parts_.texts, visit.language)) {
        if (answer.page != page)
            close_group();
        page = answer.page;
        if (answer.lines.empty())
            answer.lines.push_back(text(visit, "not_answered"));
        rows.push_back(
            {answer.label,
             answer.lines,
             page_url(draft.id, page->id) + "?zurueck=" + std::string(check_page) + "#" +
                 catalog::fields_of(*answer.question).front()}
        );
    }
    close_group();
    return groups;
}

Response FormPages::check_response(const Request& request, const Visit& visit, const Draft& draft) const
{
    const auto& package = *parts_.catalog.find(draft.service_id);
    const auto& municipality = municipality_of(draft.tenant);
    const auto fee = parts_.catalog.fee(package, municipality.bfs_number, draft.answers);
    if (!fee)
        throw std::runtime_error(fee.error().detail);

    html::List parts;
    for (const auto& part : fee->parts) {
        html::Data line;
        line.set(
            "label",
            part.quantity == 1 ? part.label.in(visit.language)
                               : std::to_string(part.quantity) + " × " + part.label.in(visit.language)
        );
        line.set("amount", html::show_money(visit.language, part.amount));
        parts.push_back(std::move(line));
    }
    const auto total = html::show_money(visit.language, fee->total);
    const bool is_free = fee->total.minor == 0;
    const bool is_invoiced = is_free && !package.service.payment.empty();
    std::string price_note;
    if (is_invoiced)
        price_note = package.service.in(visit.language).costs;
    else if (is_free)
        price_note = text(visit, "free_of_charge");
    html::Data data;
    data.set("title", text(visit, "check_title"))
        .set("action", page_url(draft.id, check_page))
        .set("groups", answers_data(visit, draft))
        .set("parts", std::move(parts))
        .set("total", total)
        .set("municipality", municipality.name)
        .set("municipality_url", service_url(package.service.id) + "/gemeinde")
        .set("price_note", price_note)
        .set(
            "button",
            is_invoiced ? text(visit, "send_now")
            : is_free   ? text(visit, "order_now")
                        : text(visit, "pay_now", {{"amount", total}})
        );
    const auto* last = package.form.pages_for(draft.answers).back();
    return parts_.show(
        request,
        visit,
        {.page = "ordering/check",
         .title = text(visit, "check_title"),
         .data = std::move(data),
         .back_url = page_url(draft.id, last->id),
         .service = package.service.in(visit.language).title,
         .is_personal = true,
         .municipality = frame_of(municipality)}
    );
}

Response FormPages::check(const Request& request, const Visit& visit) const
{
    const auto draft = find_draft(request, visit);
    const auto* package = draft ? parts_.catalog.find(draft->service_id) : nullptr;
    if (package == nullptr)
        return lost(request, visit);
    if (draft->case_id) {  // ordered already: the page shows what has become of it
        const auto submitted = parts_.orders.submit(draft->id, visit.visitor, visit.language);
        return submitted ? http::see_other("/vorgang/" + submitted->link_token) : lost(request, visit);
    }
    if (const auto* open = package->form.first_open_page(draft->answers))
        return http::see_other(page_url(draft->id, open->id));
    return check_response(request, visit, *draft);
}

Response FormPages::submit(const Request& request, const Visit& visit) const
{
    // Nothing but the draft's id is taken from the request: price, municipality and answers are ours.
    const DraftId id{std::string(request.route_value("draft"))};
    const auto submitted = parts_.orders.submit(id, visit.visitor, visit.language);
    if (submitted)
        return to_case(request, visit, *submitted);
    if (submitted.error().kind == base::ErrorKind::not_found)
        return lost(request, visit);
    if (submitted.error().kind == base::ErrorKind::invalid)
        return http::see_other(draft_url(id));
    return problem(request, visit, "switched_off", 409);
}

// A new order goes straight to the payment page; whatever happens there, the case's page knows the state.
Response FormPages::to_case(const Request&, const Visit&, const Submitted& submitted) const
{
    const std::string case_url = "/vorgang/" + submitted.link_token;
    if (!submitted.is_new)
        return http::see_other(case_url);
    const auto payment_page = parts_.payments.start(
        submitted.opened_case.tenant,
        submitted.opened_case.id,
        parts_.public_address + case_url + "?zurueck=zahlung"
    );
    return http::see_other(payment_page ? *payment_page : case_url + "?neu=ja");
}

}  // namespace ordering
