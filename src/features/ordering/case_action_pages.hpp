#pragma once

#include "features/ordering/case_pages.hpp"

namespace catalog {
struct Checked;
}

namespace ordering {

// What residents do with an order that is under way: write, correct, withdraw, rate.
class CaseActionPages : public CasePages {
public:
    using CasePages::CasePages;

    http::Response write_message(const http::Request& request, const identity::Visit& visit) const;
    http::Response show_answers(const http::Request& request, const identity::Visit& visit) const;
    http::Response correct_answers(const http::Request& request, const identity::Visit& visit) const;
    http::Response withdraw(const http::Request& request, const identity::Visit& visit) const;
    http::Response rate(const http::Request& request, const identity::Visit& visit) const;

private:
    bool may_correct(const SeenCase& seen) const;
    http::Response answers_page(
        const http::Request& request,
        const identity::Visit& visit,
        const SeenCase& seen,
        const catalog::Checked* checked
    ) const;
};

}  // namespace ordering
