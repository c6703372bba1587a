#pragma once

#include "features/desk/page_base.hpp"

namespace desk {

// What waits: the cases of the clerk's own authority, and the steps that did not succeed.
class InboxPages : public PageBase {
public:
    using PageBase::PageBase;

    http::Response inbox(const http::Request& request, const identity::Visit& visit) const;
    http::Response incidents(const http::Request& request, const identity::Visit& visit) const;
    http::Response retry(const http::Request& request, const identity::Visit& visit) const;

private:
    html::Data state_options(const Visit& visit, std::optional<cases::State> chosen) const;
    html::Data inbox_row(const Visit& visit, const cases::Case& listed) const;
};

}  // namespace desk
