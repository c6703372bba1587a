#include "features/ordering/case_pages.hpp"

#include "kit/crypto/hashing.hpp"
#include "kit/html/components.hpp"
#include "kit/http/rate_limiter.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/normal_form.hpp"
#include "platform/documents/documents.hpp"
#include "platform/payments/payments.hpp"

#include <algorithm>

namespace ordering {

namespace {

using cases::Case;
using cases::State;
using http::Request;
using http::Response;
using identity::Visit;

// The name of a file as browsers take it (RFC 6266); ours have no quotes in them.
std::string disposition(const std::string& file_name)
{
    return "inline; filename*=UTF-8''" + http::percent_encode(file_name);
}

}  // namespace

Response CasePages::show(const Request& request, const Visit& visit) const
{
    if (const auto seen = seen_case(request, visit))
        return status(request, visit, *seen, {});
    if (request.route_value("token").empty())
        return parts_.not_found(request, visit);
    return find_by_link(request) ? ask_second_factor(request, visit, {})
                                 : problem(request, visit, "unknown_case", 404);
}

Response
CasePages::ask_second_factor(const Request& request, const Visit& visit, std::string_view error) const
{
    const std::string message = error.empty() ? std::string() : text(visit, error);
    html::Data data;
    data.set("title", text(visit, "second_factor_title")).set("action", link_url(request));
    data.set("field", birth_field(request, visit, message));
    if (!error.empty())
        data.set("error_summary", html::error_summary({{std::string(birth_input), message}}));
    return parts_.show(
        request,
        visit,
        {.page = "ordering/second_factor",
         .title = text(visit, "second_factor_title"),
         .data = std::move(data),
         .status = status_of(error),
         .has_errors = !error.empty(),
         .is_personal = true}
    );
}

Response CasePages::confirm_second_factor(const Request& request, const Visit& visit) const
{
    const auto found = find_by_link(request);
    if (!found)
        return problem(request, visit, "unknown_case", 404);
    // By case, not by link: more links to one case give no more tries.
    if (!parts_.may_try("case:" + found->id.text) ||
        !parts_.may_try("case-from:" + http::client_network(request.remote_address)))
        return ask_second_factor(request, visit, "too_many_tries");

    const auto birth = typed_birth(request);
    if (birth.empty())
        return ask_second_factor(request, visit, "date_of_birth_missing");
    if (!crypto::equal_in_constant_time(birth, found->date_of_birth))
        return ask_second_factor(request, visit, "date_of_birth_wrong");

    auto transaction = parts_.database.begin(found->tenant);
    parts_.drafts.grant(transaction, found->id, visit.visitor);
    transaction.commit();
    return http::see_other(link_url(request));
}

void CasePages::add_payment(
    html::Data& data,
    const Request& request,
    const Visit& visit,
    const payments::Payment& payment,
    const std::string& case_url
) const
{
    const auto amount = html::show_money(visit.language, payment.amount);
    data.set("amount", amount)
        .set(
            "payment_state",
            parts_.texts.text(
                visit.language, "payments.state_" + std::string(payments::name_of(payment.state))
            )
        );
    const bool may_pay = payment.state == payments::State::open || payment.state == payments::State::pending;
    if (!may_pay)
        return;
    data.set("pay_url", case_url + "/bezahlen")
        .set("pay_button", text(visit, "pay_now", {{"amount", amount}}));
    if (payment.failed_attempt)
        data.set(
            "payment_note",
            parts_.texts.text(
                visit.language, "payments.failed_" + std::string(payments::name_of(*payment.failed_attempt))
            )
        );
    else if (request.query_value("zurueck") == "zahlung")
        data.set("payment_note", text(visit, "payment_on_its_way")).set("reload_url", case_url);
}

html::Data CasePages::timeline_of(const Visit& visit, const std::vector<cases::Event>& history) const
{
    std::vector<html::TimelineEntry> timeline;
    for (const auto& event : history) {
        if (event.is_public)
            timeline.push_back(
                {html::show_instant(visit.language, event.at),
                 parts_.texts.text(visit.language, "cases.event_" + event.kind),
                 event.detail}
            );
    }
    if (!timeline.empty())
        timeline.back().is_current = true;
    return html::timeline(timeline);
}

void CasePages::add_documents(
    html::Data& data, sql::Transaction& transaction, const Visit& visit, const SeenCase& seen
) const
{
    html::List documents;
    for (const auto& document : parts_.documents.of_case(transaction, seen.shown.id)) {
        html::Data line;
        line.set("title", document.titles.in(visit.language))
            .set("url", seen.url + "/dokument/" + document.id.text)
            .set("issued", html::show_instant(visit.language, document.issued_at));
        documents.push_back(std::move(line));
    }
    data.set("has_documents", !documents.empty()).set("documents", std::move(documents));
}

std::string CasePages::error_at(std::string_view field, const Visit& visit, const Tried& tried) const
{
    return tried.field == field ? parts_.texts.text(visit.language, tried.error) : std::string();
}

void CasePages::add_talk(
    html::Data& data,
    sql::Transaction& transaction,
    const Visit& visit,
    const SeenCase& seen,
    const Tried& tried
) const
{
    const auto& shown = seen.shown;
    const auto messages = parts_.messages.of_case(transaction, shown.id);
    const auto history = parts_.cases.history(transaction, shown.id);
    std::vector<html::MessageEntry> entries;
    for (const auto& message : messages)
        entries.push_back(
            {html::show_instant(visit.language, message.written_at),
             message.is_of_resident ? text(visit, "message_of_you") : message.author,
             message.text,
             message.is_of_resident}
        );
    data.set("timeline", timeline_of(visit, history))
        .set("has_messages", !entries.empty())
        .set("messages", html::messages(entries));
    if (shown.state == State::with_clerk && cases::awaits_correction(messages, history))
        data.set("correction_url", seen.url + "/angaben").set("next", text(visit, "correction_wanted"));
    if (shown.state == State::expired || shown.state == State::withdrawn)
        return;
    html::Data form;
    form.set("action", seen.url + "/nachricht")
        .set(
            "field",
            html::text_area({
                .name = "nachricht",
                .label = text(visit, "message_label"),
                .hint = text(visit, "message_hint"),
                .error = error_at("nachricht", visit, tried),
                .value = tried.field == "nachricht" ? tried.text : std::string(),
                .rows = 4,
            })
        );
    data.set("message_form", std::move(form));
    if (shown.state == State::awaiting_payment || shown.state == State::with_clerk)
        data.set("withdraw_url", seen.url + "/zurueckziehen");
}

void CasePages::add_rating(
    html::Data& data,
    sql::Transaction& transaction,
    const Visit& visit,
    const SeenCase& seen,
    const Tried& tried
) const
{
    if (seen.shown.state != State::completed && seen.shown.state != State::refused)
        return;
    if (parts_.ratings.of_case(transaction, seen.shown.id)) {
        data.set("rating_thanks", text(visit, "rating_thanks"));
        return;
    }
    std::vector<html::Option> stars;
    for (const auto* star : {"5", "4", "3", "2", "1"}) {
        std::string key = "rating_";
        key += star;
        stars.push_back({star, text(visit, key), {}, false});
    }
    html::Data form;
    form.set("action", seen.url + "/bewertung")
        .set(
            "stars",
            html::radios({
                .name = "bewertung",
                .legend = text(visit, "rating_legend"),
                .error = error_at("bewertung", visit, tried),
                .options = std::move(stars),
            })
        )
        .set(
            "remark",
            html::text_area({
                .name = "bemerkung",
                .label = text(visit, "rating_remark"),
                .hint = text(visit, "rating_remark_hint"),
                .value = tried.field == "bewertung" ? tried.text : std::string(),
                .rows = 3,
            })
        );
    data.set("rating_form", std::move(form));
}

Response
CasePages::status(const Request& request, const Visit& visit, const SeenCase& seen, const Tried& tried) const
{
    const auto& shown = seen.shown;
    const auto* package = parts_.catalog.find(shown.service_id);
    const auto title = package == nullptr ? shown.service_id : package->service.in(visit.language).title;
    const auto& municipality = municipality_of(shown.tenant);
    auto transaction = parts_.database.begin_read(shown.tenant);
    const auto state_name = std::string(cases::name_of(shown.state));
    html::Data data;
    data.set("service", title)
        .set("reference", shown.reference)
        .set("state", parts_.texts.text(visit.language, "cases.state_" + state_name))
        .set("tag", html::tag_class(colour_of(shown.state)))
        .set("is_new", shown.state == State::awaiting_payment || request.query_value("neu") == "ja")
        .set("email_sentence", text(visit, "mail_goes_to", {{"email", shown.email}}))
        .set("office", office(visit, municipality));
    if (const auto payment = parts_.payments.of_case(transaction, shown.id))
        add_payment(data, request, visit, *payment, seen.url);
    add_documents(data, transaction, visit, seen);
    const bool is_plain =
        shown.state == State::completed && (package == nullptr || package->document.is_null());
    std::string next = "next_";
    next += state_name;
    data.set("next", text(visit, next + (is_plain ? "_plain" : ""), {{"municipality", municipality.name}}));
    const auto came_from = request.query_value("zurueck").value_or("");
    if (came_from == "rueckzug" && shown.state != State::withdrawn)
        data.set("withdrawal_note", text(visit, "withdrawal_on_its_way")).set("case_url", seen.url);
    if (came_from == "zu-spaet")
        data.set("withdrawal_note", text(visit, "withdrawal_too_late")).set("case_url", seen.url);
    add_talk(data, transaction, visit, seen, tried);
    add_rating(data, transaction, visit, seen, tried);
    if (!tried.error.empty())
        data.set("error_summary", html::error_summary({{tried.field, error_at(tried.field, visit, tried)}}));
    return parts_.show(
        request,
        visit,
        {.page = "ordering/case",
         .title = text(visit, "case_title", {{"reference", shown.reference}}),
         .data = std::move(data),
         .status = tried.error.empty() ? 200 : 422,
         .has_errors = !tried.error.empty(),
         .service = title,
         .is_personal = true,
         .municipality = frame_of(municipality)}
    );
}

Response CasePages::pay(const Request& request, const Visit& visit) const
{
    const auto seen = seen_case(request, visit);
    if (!seen)
        return refused(request, visit);
    const auto page = parts_.payments.start(
        seen->shown.tenant, seen->shown.id, parts_.public_address + seen->url + "?zurueck=zahlung"
    );
    if (page)
        return http::see_other(*page);
    if (page.error().kind == base::ErrorKind::unavailable)
        return problem(request, visit, "payment_unavailable", 503);
    return http::see_other(seen->url);  // paid or ended meanwhile: the page says so
}

Response CasePages::document(const Request& request, const Visit& visit) const
{
    const auto seen = seen_case(request, visit);
    if (!seen)
        return refused(request, visit);
    const auto& shown = seen->shown;
    const documents::DocumentId id{std::string(request.route_value("document"))};
    auto transaction = parts_.database.begin_read(shown.tenant);
    const auto of_case = parts_.documents.of_case(transaction, shown.id);
    if (std::ranges::find(of_case, id, &documents::Document::id) == of_case.end())
        return parts_.not_found(request, visit);
    const auto content = parts_.documents.content(transaction, id);
    if (!content)
        return problem(request, visit, "document_gone", 410);
    Response response;
    response.body = content->bytes;
    response.set("content-type", content->media_type)
        .set("content-disposition", disposition(content->file_name));
    return response;
}

}  // namespace ordering
