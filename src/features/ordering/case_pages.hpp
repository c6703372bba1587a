#pragma once

#include "features/ordering/case_access.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace payments {
struct Payment;
}

namespace ordering {

// What became of an order: /vorgang/{token}… for whoever has the link and knows the date of birth,
// /konto/… for residents who are logged in.
class CasePages : public CaseAccess {
public:
    using CaseAccess::CaseAccess;

    http::Response show(const http::Request& request, const identity::Visit& visit) const;
    http::Response pay(const http::Request& request, const identity::Visit& visit) const;
    http::Response document(const http::Request& request, const identity::Visit& visit) const;
    http::Response confirm_second_factor(const http::Request& request, const identity::Visit& visit) const;

protected:
    // What somebody tried to do on the page of the case, and what stands in the way.
    struct Tried {
        std::string field;  // "nachricht" or "bewertung"; empty: nothing
        std::string text;   // as typed
        std::string error;  // key of the sentence
    };
    http::Response status(
        const http::Request& request, const identity::Visit& visit, const SeenCase& seen, const Tried& tried
    ) const;

private:
    http::Response ask_second_factor(
        const http::Request& request, const identity::Visit& visit, std::string_view error
    ) const;
    void add_payment(
        html::Data& data,
        const http::Request& request,
        const identity::Visit& visit,
        const payments::Payment& payment,
        const std::string& case_url
    ) const;
    // What stands in the way at this field; "" at others.
    std::string error_at(std::string_view field, const identity::Visit& visit, const Tried& tried) const;
    html::Data timeline_of(const identity::Visit& visit, const std::vector<cases::Event>& history) const;
    void add_documents(
        html::Data& data, sql::Transaction& transaction, const identity::Visit& visit, const SeenCase& seen
    ) const;
    void add_talk(
        html::Data& data,
        sql::Transaction& transaction,
        const identity::Visit& visit,
        const SeenCase& seen,
        const Tried& tried
    ) const;
    void add_rating(
        html::Data& data,
        sql::Transaction& transaction,
        const identity::Visit& visit,
        const SeenCase& seen,
        const Tried& tried
    ) const;
};

}  // namespace ordering
