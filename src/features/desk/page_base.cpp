#include "features/desk/page_base.hpp"

#include "kit/html/texts.hpp"

namespace desk {

std::string
PageBase::text(const identity::Visit& visit, std::string_view key, const html::Arguments& arguments) const
{
    return parts_.texts.text(visit.language, "desk." + std::string(key), arguments);
}

std::string PageBase::state_text(const identity::Visit& visit, cases::State state) const
{
    return parts_.texts.text(visit.language, "cases.state_" + std::string(cases::name_of(state)));
}

std::string PageBase::tag_of(cases::State state)
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

std::string PageBase::reference(const http::Request& request)
{
    return std::string(request.route_value("reference"));
}

std::string PageBase::case_url(const std::string& reference)
{
    return "/schalter/vorgang/" + http::percent_encode(reference);
}

std::string PageBase::retry_url(const runtime::Incident& incident)
{
    return "/schalter/stoerungen/" + http::percent_encode(incident.id.text) + "/wiederholen";
}

std::string PageBase::step_name(const runtime::Incident& incident)
{
    return incident.element_name.empty() ? incident.element : incident.element_name;
}

http::Response
PageBase::refusal(const http::Request& request, const identity::Visit& visit, const base::Error& error) const
{
    if (error.kind != base::ErrorKind::conflict)
        return parts_.not_found(request, visit);
    const std::string key = error.detail.empty() ? "desk.decided_already" : error.message_key;
    html::Data data;
    data.set("sentence", parts_.texts.text(visit.language, key, {{"name", error.detail}}));
    data.set("case_url", case_url(reference(request)));
    return parts_.show(request, visit, {"desk/taken", text(visit, "taken_title"), std::move(data), 409});
}

}  // namespace desk
