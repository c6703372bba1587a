#pragma once

#include "features/ordering/page_base.hpp"

namespace ordering {

// The pages that the footer links to: accessibility, data protection, imprint, contact.
class InformationPages : public PageBase {
public:
    using PageBase::PageBase;

    http::Response accessibility(const http::Request& request, const identity::Visit& visit) const;
    http::Response data_protection(const http::Request& request, const identity::Visit& visit) const;
    http::Response imprint(const http::Request& request, const identity::Visit& visit) const;
    http::Response contact(const http::Request& request, const identity::Visit& visit) const;

private:
    // Sections "<name>_1_title" and "<name>_1_text", up to `sections`.
    http::Response article(
        const http::Request& request, const identity::Visit& visit, const std::string& name, int sections
    ) const;
};

}  // namespace ordering
