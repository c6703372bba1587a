#pragma once

#include "features/ordering/page_base.hpp"

namespace ordering {

// /konto: what somebody who is logged in has begun and ordered, in all municipalities.
class AccountPages : public PageBase {
public:
    using PageBase::PageBase;

    http::Response account(const http::Request& request, const identity::Visit& visit) const;

private:
    html::Data own_orders(sql::Transaction& transaction, const identity::Visit& visit) const;
    html::Data own_drafts(sql::Transaction& transaction, const identity::Visit& visit) const;
    std::string title_of(const identity::Visit& visit, const std::string& service_id) const;
};

}  // namespace ordering
