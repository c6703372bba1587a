#include "features/ordering/case_access.hpp"

#include "kit/sql/database.hpp"

namespace ordering {

using cases::Case;
using cases::State;
using http::Request;
using http::Response;
using identity::Visit;

html::TagColour colour_of(State state)
{
    switch (state) {
    case State::awaiting_payment: return html::TagColour::yellow;
    case State::in_progress:
    case State::with_clerk: return html::TagColour::blue;
    case State::completed: return html::TagColour::green;
    case State::refused: return html::TagColour::red;
    case State::expired:
    case State::withdrawn: return html::TagColour::grey;
    }
    return html::TagColour::grey;
}

std::string link_url(const Request& request)
{
    return "/vorgang/" + std::string(request.route_value("token"));
}

std::optional<Case> CaseAccess::find_by_link(const Request& request) const
{
    auto transaction = parts_.database.begin_read_across_tenants();
    return parts_.cases.find_by_link(transaction, request.route_value("token"));
}

std::optional<Case> CaseAccess::find_of_account(const Request& request, const Visit& visit) const
{
    auto transaction = parts_.database.begin_read_across_tenants();
    for (auto& own : parts_.cases.of_email(transaction, visit.session->email)) {
        if (own.reference == request.route_value("reference"))
            return std::move(own);
    }
    return {};
}

bool CaseAccess::may_see(const Case& shown, const Visit& visit) const
{
    auto transaction = parts_.database.begin_read(shown.tenant);
    return parts_.drafts.may_see(transaction, shown.id, visit.visitor);
}

std::optional<SeenCase> CaseAccess::seen_case(const Request& request, const Visit& visit) const
{
    if (request.route_value("token").empty()) {
        auto own = find_of_account(request, visit);
        if (!own)
            return {};
        std::string url = "/konto/vorgang/" + own->reference;
        return SeenCase{*std::move(own), std::move(url)};
    }
    auto found = find_by_link(request);
    if (!found || !may_see(*found, visit))
        return {};
    return SeenCase{*std::move(found), link_url(request)};
}

Response CaseAccess::refused(const Request& request, const Visit& visit) const
{
    if (request.route_value("token").empty())
        return parts_.not_found(request, visit);
    return http::see_other(link_url(request));
}

}  // namespace ordering
