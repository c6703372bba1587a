#pragma once

#include "base/result.hpp"
#include "platform/identity/account.hpp"
#include "platform/identity/identity_pages.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace identity {

// What the pages of this room share.
class PageBase {
public:
    explicit PageBase(PageParts parts) : parts_(std::move(parts)) {}

protected:
    std::string text(const Visit& visit, std::string_view key, const html::Arguments& arguments = {}) const;

    // A page of a form; the error, a key, stands at the input `at` and above the form.
    http::Response form_page(
        const http::Request& request,
        const Visit& visit,
        Shown shown,
        std::string_view error = {},
        std::string_view at = {}
    ) const;

    // Says that a mail is on its way, and to whom.
    http::Response link_sent(const http::Request& request, const Visit& visit, std::string sentence) const;
    http::Response link_used(const http::Request& request, const Visit& visit) const;
    http::Response account_link_used(const http::Request& request, const Visit& visit) const;

    // Into the account, or to the page that asks for the code; what this browser's session was is over.
    http::Response let_in(const http::Request& request, const Visit& visit, const Entry& entry) const;

    // The part of an error's key that `text` and `form_page` want.
    static std::string key_of(const base::Error& error);

    // False when this address, or this caller, has tried too often.
    bool may_try(const http::Request& request, std::string_view what, std::string_view whom) const;

    PageParts parts_;
};

// For the pages below /konto that need a resident: whose account it is.
class AccountPageBase : public PageBase {
public:
    using PageBase::PageBase;

protected:
    static AccountId id_of(const Visit& visit) { return {visit.session->subject}; }
    // Logged in within the last ten minutes: enough to change how one logs in.
    static bool is_fresh(const Visit& visit);
    // A session without account is over, so there is one; nothing when it was deleted this very moment.
    std::optional<Account> account_of(const Visit& visit) const;
    static http::Response to_overview(std::string_view message);
};

Arrival arrival_of(const http::Request& request, const Visit& visit);

// A handler that is a member of pages made of the parts.
template <class Pages>
PageHandler bound(
    const std::shared_ptr<const Pages>& pages,  // shared by the handlers, which live as long as the router
    http::Response (Pages::*handler)(const http::Request&, const Visit&) const
)
{
    return [pages, handler](const http::Request& request, const Visit& visit) {
        return ((*pages).*handler)(request, visit);
    };
}

}  // namespace identity
