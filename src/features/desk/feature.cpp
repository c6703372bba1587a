#include "features/desk/feature.hpp"

#include "features/desk/case_pages.hpp"
#include "features/desk/inbox_pages.hpp"

#include <memory>

namespace desk {

namespace {

// A staff page; the pages are shared by all their routes, which live as long as the router.
template <class Pages>
http::Handler staff(
    const Parts& parts,
    std::shared_ptr<const Pages> pages,
    http::Response (Pages::*handler)(const http::Request&, const identity::Visit&) const
)
{
    return parts.doorkeeper.staff([pages = std::move(pages),
                                   handler](const http::Request& request, const identity::Visit& visit) {
        return ((*pages).*handler)(request, visit);
    });
}

}  // namespace

std::vector<http::Route> routes(const Parts& parts)
{
    using http::Method;
    const auto inbox = std::make_shared<const InboxPages>(parts);
    const auto cases = std::make_shared<const CasePages>(parts);
    return {
        {Method::get, "/schalter", [](const http::Request&) { return http::see_other("/schalter/eingang"); }},
        {Method::get, "/schalter/eingang", staff(parts, inbox, &InboxPages::inbox)},
        {Method::get, "/schalter/vorgang/{reference}", staff(parts, cases, &CasePages::show)},
        {Method::post, "/schalter/vorgang/{reference}/uebernehmen", staff(parts, cases, &CasePages::take)},
        {Method::post, "/schalter/vorgang/{reference}/nachricht", staff(parts, cases, &CasePages::write)},
        {Method::post, "/schalter/vorgang/{reference}/entscheid", staff(parts, cases, &CasePages::decide)},
        {Method::get,
         "/schalter/vorgang/{reference}/dokument/{document}",
         staff(parts, cases, &CasePages::document)},
        {Method::post,
         "/schalter/vorgang/{reference}/dokument/{document}/widerrufen",
         staff(parts, cases, &CasePages::revoke)},
        {Method::get, "/schalter/stoerungen", staff(parts, inbox, &InboxPages::incidents)},
        {Method::post,
         "/schalter/stoerungen/{incident}/wiederholen",
         staff(parts, inbox, &InboxPages::retry)},
    };
}

}  // namespace desk
