#include "features/desk/inbox_pages.hpp"

#include "kit/html/texts.hpp"

#include <charconv>

namespace desk {

namespace {

constexpr int cases_per_page = 25;

int page_number(const http::Request& request)
{
    const auto text = request.query_value("seite").value_or("1");
    int number = 1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && number >= 1 && number <= 100000 ? number : 1;
}

void add_paging(html::Data& data, const cases::InboxFilter& filter, int total)
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

}  // namespace

http::Response InboxPages::inbox(const http::Request& request, const identity::Visit& visit) const
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

http::Response InboxPages::incidents(const http::Request& request, const identity::Visit& visit) const
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
    data.set("municipality", parts_.authority_name(visit.session->tenant)).set("incidents", std::move(rows));
    return parts_.show(request, visit, {"desk/incidents", text(visit, "incidents_title"), std::move(data)});
}

http::Response InboxPages::retry(const http::Request& request, const identity::Visit& visit) const
{
    const auto retried = parts_.desk.retry(clerk_of(visit), std::string(request.route_value("incident")));
    // An incident that is gone was mended by somebody else: the list shows it.
    if (!retried && retried.error().kind != base::ErrorKind::not_found)
        return refusal(request, visit, retried.error());
    return http::see_other("/schalter/stoerungen");
}

html::Data InboxPages::state_options(const identity::Visit& visit, std::optional<cases::State> chosen) const
{
    html::List options;
    html::Data all;
    options.push_back(all.set("value", "").set("label", text(visit, "state_all")).set("selected", !chosen));
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

html::Data InboxPages::inbox_row(const identity::Visit& visit, const cases::Case& listed) const
{
    html::Data row;
    row.set("url", case_url(listed.reference)).set("reference", listed.reference);
    row.set("applicant", cases::applicant_of(listed.answers));
    row.set("service", parts_.service_title(listed.service_id, visit.language));
    row.set("received", html::show_instant(visit.language, listed.created_at));
    row.set("state", state_text(visit, listed.state)).set("tag", tag_of(listed.state));
    return row.set("handler", listed.handler.value_or(""));
}

}  // namespace desk
