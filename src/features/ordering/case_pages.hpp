#pragma once

#include "features/ordering/page_base.hpp"

#include <optional>

namespace payments {
struct Payment;
}

namespace ordering {

// What became of an order: /vorgang/{token}… for whoever has the link and knows the date of birth,
// /konto/… for residents who are logged in.
class CasePages : public PageBase {
public:
    using PageBase::PageBase;

    http::Response by_link(const http::Request& request, const identity::Visit& visit) const;
    http::Response confirm_second_factor(const http::Request& request, const identity::Visit& visit) const;
    http::Response pay_by_link(const http::Request& request, const identity::Visit& visit) const;
    http::Response document_by_link(const http::Request& request, const identity::Visit& visit) const;

    http::Response account(const http::Request& request, const identity::Visit& visit) const;
    http::Response of_account(const http::Request& request, const identity::Visit& visit) const;
    http::Response pay_of_account(const http::Request& request, const identity::Visit& visit) const;
    http::Response document_of_account(const http::Request& request, const identity::Visit& visit) const;

private:
    std::optional<cases::Case> find_by_link(const http::Request& request) const;
    std::optional<cases::Case>
    find_of_account(const http::Request& request, const identity::Visit& visit) const;
    bool may_see(const cases::Case& shown, const identity::Visit& visit) const;

    http::Response ask_second_factor(
        const http::Request& request, const identity::Visit& visit, std::string_view error
    ) const;
    http::Response status(
        const http::Request& request,
        const identity::Visit& visit,
        const cases::Case& shown,
        const std::string& case_url
    ) const;
    void add_payment(
        html::Data& data,
        const http::Request& request,
        const identity::Visit& visit,
        const payments::Payment& payment,
        const std::string& case_url
    ) const;
    http::Response
    pay(const http::Request& request,
        const identity::Visit& visit,
        const cases::Case& paid,
        const std::string& case_url) const;
    http::Response
    document(const http::Request& request, const identity::Visit& visit, const cases::Case& shown) const;
};

}  // namespace ordering
