#include "features/desk/case_pages.hpp"

#include "base/text.hpp"
#include "kit/html/components.hpp"
#include "kit/html/texts.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/correction.hpp"
#include "platform/catalog/question_view.hpp"

namespace desk {

namespace {

// What the clerk's form says; of the other fields only those of correctable questions are read.
Decision read_decision(const http::Request& request)
{
    Decision decision;
    for (const auto& [name, value] : request.form()) {
        if (name == "aufgabe")
            decision.task_id = value;
        else if (name == "entscheid")
            decision.verdict = parse_verdict(value);
        else if (name == "text")
            decision.text = base::trim(value);
        else
            decision.fields.emplace_back(name, value);
    }
    return decision;
}

bool is_about_text(std::string_view error)
{
    return error == "desk.text_missing" || error == "desk.text_too_long";
}

html::Data answer_rows(const std::vector<AnswerLine>& answers)
{
    html::List rows;
    for (const auto& line : answers) {
        const bool differs = !line.register_value.empty() &&
                             base::fold_for_search(line.register_value) != base::fold_for_search(line.answer);
        html::Data row;
        row.set("label", line.label).set("answer", line.answer).set("register", line.register_value);
        rows.push_back(row.set("differs", differs));
    }
    return rows;
}

}  // namespace

http::Response CasePages::show(const http::Request& request, const identity::Visit& visit) const
{
    return case_page(request, visit, {}, {});
}

http::Response CasePages::take(const http::Request& request, const identity::Visit& visit) const
{
    const auto taken = parts_.desk.take(clerk_of(visit), reference(request));
    return taken ? http::see_other(case_url(reference(request))) : refusal(request, visit, taken.error());
}

http::Response CasePages::write(const http::Request& request, const identity::Visit& visit) const
{
    const auto form = request.form();
    const std::string typed(http::find_field(form, "nachricht").value_or(""));
    const bool asks_correction = http::find_field(form, "korrektur") == "ja";
    const auto written = parts_.desk.write(clerk_of(visit), reference(request), typed, asks_correction);
    if (written)
        return http::see_other(case_url(reference(request)) + "#nachrichten");
    if (written.error().kind == base::ErrorKind::invalid)
        return case_page(request, visit, {}, written.error().message_key, typed);
    return parts_.not_found(request, visit);
}

http::Response CasePages::decide(const http::Request& request, const identity::Visit& visit) const
{
    const auto decision = read_decision(request);
    const auto decided = parts_.desk.decide(clerk_of(visit), reference(request), decision);
    if (decided)
        return http::see_other(case_url(reference(request)));
    if (decided.error().kind == base::ErrorKind::invalid)
        return case_page(request, visit, decision, decided.error().message_key);
    return refusal(request, visit, decided.error());
}

http::Response CasePages::document(const http::Request& request, const identity::Visit& visit) const
{
    const auto dossier = parts_.desk.open(clerk_of(visit), reference(request));
    if (!dossier)
        return parts_.not_found(request, visit);
    auto found = parts_.document(dossier->opened_case, std::string(request.route_value("document")));
    return found ? *found : parts_.not_found(request, visit);
}

http::Response CasePages::revoke(const http::Request& request, const identity::Visit& visit) const
{
    const auto dossier = parts_.desk.open(clerk_of(visit), reference(request));
    const std::string document(request.route_value("document"));
    if (!dossier || !parts_.revoke(dossier->opened_case, document, visit.session->name))
        return parts_.not_found(request, visit);
    return http::see_other(case_url(reference(request)));
}

http::Response CasePages::case_page(
    const http::Request& request,
    const identity::Visit& visit,
    const std::optional<Decision>& tried,
    std::string_view error,
    const std::string& message
) const
{
    const auto dossier = parts_.desk.open(clerk_of(visit), reference(request));
    if (!dossier)
        return parts_.not_found(request, visit);
    const auto& shown = dossier->opened_case;
    const auto answers = parts_.answers(shown, visit.language);

    html::Data data;
    data.set("reference", shown.reference).set("applicant", cases::applicant_of(shown.answers));
    data.set("service", parts_.service_title(shown.service_id, visit.language));
    data.set("state", state_text(visit, shown.state)).set("tag", tag_of(shown.state));
    const html::Arguments when{{"when", html::show_instant(visit.language, shown.created_at)}};
    data.set("received_sentence", text(visit, "received_sentence", when));
    data.set("answers", answer_rows(answers)).set("events", event_rows(visit, dossier->history));
    const bool is_about_message = error.starts_with("cases.message");
    if (dossier->task)
        data.set("task", task_data(visit, *dossier, tried, is_about_message ? std::string_view() : error));
    add_messages(data, visit, *dossier, message, is_about_message ? error : std::string_view());
    add_errors(data, visit, shown, tried, error);
    if (dossier->incident) {
        html::Data incident;
        incident.set("what", dossier->incident->message)
            .set("where", step_name(*dossier->incident))
            .set("retry_url", retry_url(*dossier->incident));
        data.set("incident", incident.set("csrf", visit.csrf_token));
    }
    if (const auto payment = parts_.payment(shown, visit.language))
        data.set("payment", html::Data().set("amount", payment->amount).set("payment_state", payment->state));
    add_documents(data, visit, shown);
    identity::Shown page{"desk/case", shown.reference, std::move(data)};
    page.back_url = "/schalter/eingang";
    page.has_errors = !error.empty();
    page.status = error.empty() ? 200 : 422;
    return parts_.show(request, visit, std::move(page));
}

html::Data CasePages::task_data(
    const identity::Visit& visit,
    const Dossier& dossier,
    const std::optional<Decision>& tried,
    std::string_view error
) const
{
    const auto& task = *dossier.task;
    const bool is_free = task.assignee.empty();
    const bool is_mine = task.assignee == visit.session->name;
    const auto url = case_url(dossier.opened_case.reference);
    html::Data data;
    data.set("reason", text(visit, "reason_" + dossier.task_reason)).set("task_id", task.id.text);
    data.set("take_url", url + "/uebernehmen")
        .set("decide_url", url + "/entscheid")
        .set("csrf", visit.csrf_token);
    data.set("may_take", is_free).set("may_decide", is_free || is_mine);
    if (!is_free)
        data.set("handler", true)
            .set("handler_sentence", text(visit, "handler_sentence", {{"name", task.assignee}}));
    // Where no document comes out, the text is the answer; where nothing was paid, nothing goes back.
    const auto* package = parts_.catalog.find(dossier.opened_case.service_id);
    const bool has_document = package == nullptr || !package->document.is_null();
    const bool is_paid = package == nullptr || package->service.is_paid("online");
    html::List verdicts;
    for (const auto verdict : all_verdicts) {
        std::string key = "decision_";
        key += name_of(verdict);
        const bool is_plain = verdict == Verdict::refuse ? !is_paid : !has_document;
        html::Data option;
        option.set("value", name_of(verdict))
            .set("label", text(visit, key))
            .set("hint", text(visit, key + (is_plain ? "_hint_plain" : "_hint")));
        verdicts.push_back(option.set("checked", tried && tried->verdict == verdict));
    }
    data.set("text_hint", text(visit, has_document ? "decision_text_hint" : "decision_text_hint_plain"));
    data.set("decisions", std::move(verdicts)).set("text", tried ? tried->text : std::string());
    if (is_about_text(error))
        data.set("text_error", parts_.texts.text(visit.language, error));
    else if (!error.empty() && error != "desk.correction_invalid")
        data.set("decision_error", parts_.texts.text(visit.language, error));
    data.set("corrections", correction_fields(visit, dossier.opened_case, tried));
    const bool shows_corrections =
        tried && (tried->verdict == Verdict::correct || error == "desk.correction_not_chosen");
    return data.set("corrections_open", shows_corrections);
}

html::Data CasePages::correction_fields(
    const identity::Visit& visit, const cases::Case& shown, const std::optional<Decision>& tried
) const
{
    const auto* package = parts_.catalog.find(shown.service_id);
    const auto* answers = shown.answers.if_object();
    if (package == nullptr || answers == nullptr)
        return html::List();
    const auto questions = catalog::correctable_questions(package->form, *answers);
    const auto checked = tried ? std::optional(parts_.desk.corrected(shown, tried->fields)) : std::nullopt;
    return catalog::fields_data(
        {package->form, questions, *answers, checked ? &*checked : nullptr}, parts_.texts, visit.language
    );
}

void CasePages::add_messages(
    html::Data& data,
    const identity::Visit& visit,
    const Dossier& dossier,
    const std::string& typed,
    std::string_view error
) const
{
    std::vector<html::MessageEntry> entries;
    for (const auto& message : dossier.messages)
        entries.push_back(
            {html::show_instant(visit.language, message.written_at),
             message.is_of_resident ? cases::applicant_of(dossier.opened_case.answers) : message.author,
             message.text,
             !message.is_of_resident}
        );
    html::Data form;
    form.set("action", case_url(dossier.opened_case.reference) + "/nachricht")
        .set("csrf", visit.csrf_token)
        .set("may_ask_correction", dossier.task.has_value())
        .set(
            "field",
            html::text_area({
                .name = "nachricht",
                .label = text(visit, "message_label"),
                .hint = text(visit, "message_hint"),
                .error = error.empty() ? std::string() : parts_.texts.text(visit.language, error),
                .value = typed,
                .rows = 3,
            })
        );
    data.set("has_messages", !entries.empty())
        .set("messages", html::messages(entries))
        .set("awaits_correction", dossier.awaits_correction)
        .set("message_form", std::move(form));
}

void CasePages::add_errors(
    html::Data& data,
    const identity::Visit& visit,
    const cases::Case& shown,
    const std::optional<Decision>& tried,
    std::string_view error
) const
{
    if (error.empty())
        return;
    if (error == "desk.correction_invalid")
        data.set(
            "error_summary", catalog::errors_data(parts_.desk.corrected(shown, tried->fields), visit.language)
        );
    else
        data.set(
            "error_summary",
            html::error_summary(
                {{is_about_text(error)                 ? "text"
                  : error.starts_with("cases.message") ? "nachricht"
                                                       : "decision-approve",
                  parts_.texts.text(visit.language, error)}}
            )
        );
}

html::Data CasePages::event_rows(const identity::Visit& visit, const std::vector<cases::Event>& history) const
{
    html::List rows;
    for (const auto& event : history) {
        const bool is_person = event.who != "system" && event.who != "resident";
        html::Data row;
        row.set("when", html::show_instant(visit.language, event.at));
        row.set("what", parts_.texts.text(visit.language, "cases.event_" + event.kind));
        row.set("who", is_person ? event.who : std::string());
        rows.push_back(row.set("detail", event.detail));
    }
    return rows;
}

void CasePages::add_documents(html::Data& data, const identity::Visit& visit, const cases::Case& shown) const
{
    html::List rows;
    for (const auto& document : parts_.documents(shown, visit.language)) {
        html::Data row;
        row.set("title", document.title).set("is_revoked", document.is_revoked);
        if (!document.is_revoked)
            row.set("revoke_url", case_url(shown.reference) + "/dokument/" + document.id + "/widerrufen")
                .set("csrf", visit.csrf_token);
        rows.push_back(row.set("url", case_url(shown.reference) + "/dokument/" + document.id));
    }
    data.set("has_documents", !rows.empty()).set("documents", std::move(rows));
}

}  // namespace desk
