#pragma once

#include "base/random.hpp"
#include "platform/identity/visit.hpp"

#include <string>

namespace identity {

class Sessions;

// Stands before every page: finds out who asks and in which language, refuses forms that did not come from
// our own pages (CSRF), and keeps staff pages for staff. The answer is never cached (`no-store`).
class Doorkeeper {
public:
    // How a refusal looks is the caller's affair: it knows the page frame.
    struct Refusals {
        PageHandler expired;    // a form without a valid CSRF token: 403, says that nothing was lost
        PageHandler forbidden;  // logged in, but not allowed: 403
    };

    Doorkeeper(
        Sessions& sessions,
        const base::Clock& clock,
        base::Random& random,
        std::string csrf_key,
        Refusals refusals
    );

    // For pages that are the same for everybody of a language: no visitor, no forms; may be kept and asked
    // for again by anybody. Who is logged in gets a page of their own.
    http::Handler anonymous(PageHandler page) const;
    http::Handler open(PageHandler page) const;      // for everybody
    http::Handler resident(PageHandler page) const;  // else to /konto/anmelden, and back afterwards
    http::Handler staff(PageHandler page, Role needed = Role::clerk) const;  // else to /schalter/anmelden

private:
    http::Response answer(const PageHandler& page, const http::Request& request, const Visit& visit) const;

    Sessions& sessions_;
    const base::Clock& clock_;
    base::Random& random_;
    std::string csrf_key_;
    Refusals refusals_;
};

}  // namespace identity
