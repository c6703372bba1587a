#include "base/text.hpp"
#include "features/desk/feature.hpp"
#include "kit/html/components.hpp"
#include "kit/html/texts.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/correction.hpp"
#include "platform/catalog/question_view.hpp"

#include <algorithm>
#include <charconv>
#include <memory>

namespace desk {

namespace {

using identity::Visit;

constexpr int cases_per_page = 25;

Clerk clerk_of(const Visit& visit)
{
    return {visit.session->tenant, visit.session->name};
}

// GOV.UK's tag colours; the text beside them says the same.
std::string tag_of(cases::State state)
{
    switch (state) {
    case cases::State::awaiting_payment: return "govuk-tag--grey";
    case cases::State::in_progress: return "govuk-tag--blue";
    case cases::State::with_clerk: return "govuk-tag--orange";
    case cases::State::completed: return "govuk-tag--green";
    case cases::State::refused: return "govuk-tag--red";
    case cases::State::expired:
    case cases::State::withdrawn: return "govuk-tag--grey";
    }
    return {};
}

int page_number(const http::Request& request)
{
    const auto text = request.query_value("seite").value_or("1");
    int number = 1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && number >= 1 && number <= 100000 ? number : 1;
}

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

class DeskPages {
public:
    explicit DeskPages(Parts parts) : parts_(std::move(parts)) {}

    http::Response inbox(const http::Request& request, const Visit& visit) const
    {
        cases::InboxFilter filter;
        filter.state = cases::parse_state(request.query_value("zustand").value_or(""));
        filter.search = request.query_value("suche").value_or("");
        filter.page = page_number(request);
        filter.page_size = cases_per_page;
        const auto found = parts_.desk.inbox(clerk_of(visit), filter);
        const auto failed = parts_.desk.incidents(clerk_of(visit)).size();

        html::Data data;
        data.set("municipality", parts_.authority_name(visit.session->tenant));
        data.set("search", filter.search).set("states", state_options(visit, filter.state));
        data.set("has_incidents", failed > 0);
        data.set("incidents_sentence", text(visit, "incidents_count", {{"count", std::to_string(failed)}}));
        data.set("has_cases", !found.cases.empty());
        data.set("count_sentence", text(visit, "count", {{"count", std::to_string(found.total)}}));
        html::List rows;
        for (const auto& listed : found.cases)
            rows.push_back(inbox_row(visit, listed));
        data.set("cases", std::move(rows));
        add_paging(data, filter, found.total);
        return parts_.show(request, visit, {"desk/inbox", text(visit, "inbox_title"), std::move(data)});
    }

    http::Response show_case(const http::Request& request, const Visit& visit) const
    {
        return case_page(request, visit, {}, {});
    }

    http::Response take(const http::Request& request, const Visit& visit) const
    {
        const auto taken = parts_.desk.take(clerk_of(visit), reference(request));
        return taken ? http::see_other(case_url(reference(request))) : refusal(request, visit, taken.error());
    }

    http::Response decide(const http::Request& request, const Visit& visit) const
    {
        const auto decision = read_decision(request);
        const auto decided = parts_.desk.decide(clerk_of(visit), reference(request), decision);
        if (decided)
            return http::see_other(case_url(reference(request)));
        if (decided.error().kind == base::ErrorKind::invalid)
            return case_page(request, visit, decision, decided.error().message_key);
        return refusal(request, visit, decided.error());
    }

    http::Response incidents(const http::Request& request, const Visit& visit) const
    {
        html::List rows;
        for (const auto& line : parts_.desk.incidents(clerk_of(visit))) {
            html::Data row;
            row.set("reference", line.reference).set("case_url", case_url(line.reference));
            row.set("what", line.incident.message).set("where", step_name(line.incident));
            row.set("since", html::show_instant(visit.language, line.incident.raised_at));
            row.set("retry_url", retry_url(line.incident));
            row.set("csrf", visit.csrf_token);
            rows.push_back(std::move(row));
        }
        html::Data data;
        data.set("municipality", parts_.authority_name(visit.session->tenant))
            .set("incidents", std::move(rows));
        return parts_.show(
            request, visit, {"desk/incidents", text(visit, "incidents_title"), std::move(data)}
        );
    }

    http::Response retry(const http::Request& request, const Visit& visit) const
    {
        const auto retried = parts_.desk.retry(clerk_of(visit), std::string(request.route_value("incident")));
        // An incident that is gone was mended by somebody else: the list shows it.
        if (!retried && retried.error().kind != base::ErrorKind::not_found)
            return refusal(request, visit, retried.error());
        return http::see_other("/schalter/stoerungen");
    }

    http::Response document(const http::Request& request, const Visit& visit) const
    {
        const auto dossier = parts_.desk.open(clerk_of(visit), reference(request));
        if (!dossier)
            return parts_.not_found(request, visit);
        auto found = parts_.document(dossier->opened_case, std::string(request.route_value("document")));
        return found ? *found : parts_.not_found(request, visit);
    }

private:
    std::string text(const Visit& visit, std::string_view key, const html::Arguments& arguments = {}) const
    {
        return parts_.texts.text(visit.language, "desk." + std::string(key), arguments);
    }

    std::string state_text(const Visit& visit, cases::State state) const
    {
        return parts_.texts.text(visit.language, "cases.state_" + std::string(cases::name_of(state)));
    }

    static std::string reference(const http::Request& request)
    {
        return std::string(request.route_value("reference"));
    }
    static std::string case_url(const std::string& reference)
    {
        return "/schalter/vorgang/" + http::percent_encode(reference);
    }
    static std::string step_name(const runtime::Incident& incident)
    {
        return incident.element_name.empty() ? incident.element : incident.element_name;
    }
    static std::string retry_url(const runtime::Incident& incident)
    {
        return "/schalter/stoerungen/" + http::percent_encode(incident.id.text) + "/wiederholen";
    }

    html::Data state_options(const Visit& visit, std::optional<cases::State> chosen) const
    {
        html::List options;
        html::Data all;
        options.push_back(all.set("value", "").set("label", text(visit, "state_all")).set("selected", !chosen)
        );
        for (const auto state :
             {cases::State::with_clerk,
              cases::State::in_progress,
              cases::State::awaiting_payment,
              cases::State::completed,
              cases::State::refused,
              cases::State::expired,
              cases::State::withdrawn}) {
            html::Data option;
            option.set("value", cases::name_of(state)).set("label", state_text(visit, state));
            options.push_back(option.set("selected", chosen == state));
        }
        return options;
    }

    html::Data inbox_row(const Visit& visit, const cases::Case& listed) const
    {
        html::Data row;
        row.set("url", case_url(listed.reference)).set("reference", listed.reference);
        row.set("applicant", cases::applicant_of(listed.answers));
        row.set("service", parts_.service_title(listed.service_id, visit.language));
        row.set("received", html::show_instant(visit.language, listed.created_at));
        row.set("state", state_text(visit, listed.state)).set("tag", tag_of(listed.state));
        return row.set("handler", listed.handler.value_or(""));
    }

    static void add_paging(html::Data& data, const cases::InboxFilter& filter, int total)
    {
        const auto url = [&](int page) {
            http::Fields query{{"suche", filter.search}, {"seite", std::to_string(page)}};
            if (filter.state)
                query.emplace_back("zustand", cases::name_of(*filter.state));
            return "/schalter/eingang?" + http::write_form(query);
        };
        const bool has_next = filter.page * filter.page_size < total;
        if (filter.page > 1)
            data.set("previous", url(filter.page - 1));
        if (has_next)
            data.set("next", url(filter.page + 1));
        data.set("has_pages", filter.page > 1 || has_next);
    }

    http::Response case_page(
        const http::Request& request,
        const Visit& visit,
        const std::optional<Decision>& tried,
        std::string_view error
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
        if (dossier->task)
            data.set("task", task_data(visit, *dossier, tried, error));
        add_errors(data, visit, shown, tried, error);
        if (dossier->incident) {
            html::Data incident;
            incident.set("what", dossier->incident->message)
                .set("where", step_name(*dossier->incident))
                .set("retry_url", retry_url(*dossier->incident));
            data.set("incident", incident.set("csrf", visit.csrf_token));
        }
        if (const auto payment = parts_.payment(shown, visit.language))
            data.set(
                "payment", html::Data().set("amount", payment->amount).set("payment_state", payment->state)
            );
        add_documents(data, visit, shown);
        identity::Shown page{"desk/case", shown.reference, std::move(data)};
        page.back_url = "/schalter/eingang";
        page.has_errors = !error.empty();
        page.status = error.empty() ? 200 : 422;
        return parts_.show(request, visit, std::move(page));
    }

    html::Data task_data(
        const Visit& visit,
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
        html::List verdicts;
        for (const auto verdict : all_verdicts) {
            const std::string key = "decision_" + std::string(name_of(verdict));
            html::Data option;
            option.set("value", name_of(verdict))
                .set("label", text(visit, key))
                .set("hint", text(visit, key + "_hint"));
            verdicts.push_back(option.set("checked", tried && tried->verdict == verdict));
        }
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

    static bool is_about_text(std::string_view error)
    {
        return error == "desk.text_missing" || error == "desk.text_too_long";
    }

    html::Data correction_fields(
        const Visit& visit, const cases::Case& shown, const std::optional<Decision>& tried
    ) const
    {
        const auto* package = parts_.catalog.find(shown.service_id);
        const auto* answers = shown.answers.if_object();
        if (package == nullptr || answers == nullptr)
            return html::List();
        const auto questions = catalog::correctable_questions(package->form, *answers);
        const auto checked =
            tried ? std::optional(parts_.desk.corrected(shown, tried->fields)) : std::nullopt;
        return catalog::fields_data(
            {package->form, questions, *answers, checked ? &*checked : nullptr}, parts_.texts, visit.language
        );
    }

    void add_errors(
        html::Data& data,
        const Visit& visit,
        const cases::Case& shown,
        const std::optional<Decision>& tried,
        std::string_view error
    ) const
    {
        if (error.empty())
            return;
        if (error == "desk.correction_invalid")
            data.set(
                "error_summary",
                catalog::errors_data(parts_.desk.corrected(shown, tried->fields), visit.language)
            );
        else
            data.set(
                "error_summary",
                html::error_summary(
                    {{is_about_text(error) ? "text" : "decision-approve",
                      parts_.texts.text(visit.language, error)}}
                )
            );
    }

    static html::Data answer_rows(const std::vector<AnswerLine>& answers)
    {
        html::List rows;
        for (const auto& line : answers) {
            const bool differs = !line.register_value.empty() && base::fold_for_search(line.register_value) !=
                                                                     base::fold_for_search(line.answer);
            html::Data row;
            row.set("label", line.label).set("answer", line.answer).set("register", line.register_value);
            rows.push_back(row.set("differs", differs));
        }
        return rows;
    }

    html::Data event_rows(const Visit& visit, const std::vector<cases::Event>& history) const
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

    void add_documents(html::Data& data, const Visit& visit, const cases::Case& shown) const
    {
        html::List rows;
        for (const auto& document : parts_.documents(shown, visit.language)) {
            html::Data row;
            row.set("title", document.title);
            rows.push_back(row.set("url", case_url(shown.reference) + "/dokument/" + document.id));
        }
        data.set("has_documents", !rows.empty()).set("documents", std::move(rows));
    }

    // Somebody was faster, or the case is not ours to see.
    http::Response refusal(const http::Request& request, const Visit& visit, const base::Error& error) const
    {
        if (error.kind != base::ErrorKind::conflict)
            return parts_.not_found(request, visit);
        const std::string key = error.detail.empty() ? "desk.decided_already" : error.message_key;
        html::Data data;
        data.set("sentence", parts_.texts.text(visit.language, key, {{"name", error.detail}}));
        data.set("case_url", case_url(reference(request)));
        return parts_.show(request, visit, {"desk/taken", text(visit, "taken_title"), std::move(data), 409});
    }

    Parts parts_;
};

}  // namespace

std::vector<http::Route> routes(const Parts& parts)
{
    using http::Method;
    // Shared by the handlers below, which live as long as the router.
    const auto pages = std::make_shared<const DeskPages>(parts);
    const auto page = [&parts, pages](http::Response (DeskPages::*handler)(const http::Request&, const Visit&)
                                          const) {
        return parts.doorkeeper.staff([pages, handler](const http::Request& request, const Visit& visit) {
            return ((*pages).*handler)(request, visit);
        });
    };
    return {
        {Method::get, "/schalter", [](const http::Request&) { return http::see_other("/schalter/eingang"); }},
        {Method::get, "/schalter/eingang", page(&DeskPages::inbox)},
        {Method::get, "/schalter/vorgang/{reference}", page(&DeskPages::show_case)},
        {Method::post, "/schalter/vorgang/{reference}/uebernehmen", page(&DeskPages::take)},
        {Method::post, "/schalter/vorgang/{reference}/entscheid", page(&DeskPages::decide)},
        {Method::get, "/schalter/vorgang/{reference}/dokument/{document}", page(&DeskPages::document)},
        {Method::get, "/schalter/stoerungen", page(&DeskPages::incidents)},
        {Method::post, "/schalter/stoerungen/{incident}/wiederholen", page(&DeskPages::retry)},
    };
}

}  // namespace desk
