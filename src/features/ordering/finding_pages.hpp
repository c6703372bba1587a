#pragma once

#include "features/ordering/page_base.hpp"

namespace ordering {

// The pages on which people find a service.
class FindingPages : public PageBase {
public:
    using PageBase::PageBase;

    http::Response home(const http::Request& request, const identity::Visit& visit) const;
    // All of them by category, or those of one category or life event.
    http::Response services(const http::Request& request, const identity::Visit& visit) const;
    http::Response search(const http::Request& request, const identity::Visit& visit) const;
    http::Response service(const http::Request& request, const identity::Visit& visit) const;

private:
    html::Data category_cards(const identity::Visit& visit) const;
    html::Data life_event_links(const identity::Visit& visit) const;
};

}  // namespace ordering
