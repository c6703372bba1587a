#pragma once

#include "features/ordering/page_base.hpp"

#include <optional>

namespace catalog {
struct Checked;
struct Page;
}  // namespace catalog

namespace ordering {

// From the first question to the order: /bestellung/{draft}/…
class FormPages : public PageBase {
public:
    using PageBase::PageBase;

    http::Response begin(const http::Request& request, const identity::Visit& visit) const;
    http::Response resume(const http::Request& request, const identity::Visit& visit) const;
    http::Response show_page(const http::Request& request, const identity::Visit& visit) const;
    http::Response take_page(const http::Request& request, const identity::Visit& visit) const;
    http::Response check(const http::Request& request, const identity::Visit& visit) const;
    http::Response submit(const http::Request& request, const identity::Visit& visit) const;

private:
    // For a draft that has been ordered already, or one whose service is gone.
    http::Response lost(const http::Request& request, const identity::Visit& visit) const;
    http::Response page_response(
        const http::Request& request,
        const identity::Visit& visit,
        const Draft& draft,
        const catalog::Page& page,
        const catalog::Checked* checked
    ) const;
    http::Response
    check_response(const http::Request& request, const identity::Visit& visit, const Draft& draft) const;
    html::Data answers_data(const identity::Visit& visit, const Draft& draft) const;
    http::Response
    to_case(const http::Request& request, const identity::Visit& visit, const Submitted& submitted) const;
};

}  // namespace ordering
