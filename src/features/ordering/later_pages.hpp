#pragma once

#include "features/ordering/page_base.hpp"

namespace ordering {

// Going on with a form later, in another browser: /bestellung/{draft}/spaeter and /weiterfahren/{token}.
class LaterPages : public PageBase {
public:
    using PageBase::PageBase;

    http::Response ask_address(const http::Request& request, const identity::Visit& visit) const;
    http::Response send_link(const http::Request& request, const identity::Visit& visit) const;
    http::Response ask_second_factor(const http::Request& request, const identity::Visit& visit) const;
    http::Response resume(const http::Request& request, const identity::Visit& visit) const;
    // A draft of the logged-in resident's account, begun in whatever browser.
    http::Response resume_of_account(const http::Request& request, const identity::Visit& visit) const;

private:
    http::Response address_page(
        const http::Request& request, const identity::Visit& visit, const Draft& draft, std::string_view error
    ) const;
    http::Response factor_page(
        const http::Request& request,
        const identity::Visit& visit,
        const Drafts::Linked& linked,
        std::string_view error
    ) const;
    std::string answer_of(const Draft& draft, bool wants_birth) const;
    bool is_right(const http::Request& request, const Drafts::Linked& linked) const;
};

}  // namespace ordering
