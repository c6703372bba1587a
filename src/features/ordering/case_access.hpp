#pragma once

#include "features/ordering/page_base.hpp"
#include "kit/html/components.hpp"

#include <optional>
#include <string>

namespace ordering {

// A case that the visitor may see, and where its pages begin: "/vorgang/…" or "/konto/vorgang/…".
struct SeenCase {
    cases::Case shown;
    std::string url;
};

// How people come to their cases: by a link and the date of birth, or logged in. Routes by link have a
// "token", those of the account a "reference".
class CaseAccess : public PageBase {
public:
    using PageBase::PageBase;

protected:
    // Nothing when there is no such case, or this browser has not yet shown the second factor.
    std::optional<SeenCase> seen_case(const http::Request& request, const identity::Visit& visit) const;
    // To where the second factor is asked, or to the page that says there is no such case.
    http::Response refused(const http::Request& request, const identity::Visit& visit) const;

    std::optional<cases::Case> find_by_link(const http::Request& request) const;
    bool may_see(const cases::Case& shown, const identity::Visit& visit) const;

private:
    std::optional<cases::Case>
    find_of_account(const http::Request& request, const identity::Visit& visit) const;
};

std::string link_url(const http::Request& request);
html::TagColour colour_of(cases::State state);

}  // namespace ordering
