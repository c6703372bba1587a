#include "platform/identity/password_pages.hpp"

#include "kit/html/components.hpp"
#include "platform/identity/accounts.hpp"
#include "platform/identity/form_values.hpp"
#include "platform/identity/page_base.hpp"

namespace identity {

namespace {

constexpr std::string_view address = "/konto/sicherheit/passwort";

class PasswordPages : public AccountPageBase {
public:
    using AccountPageBase::AccountPageBase;

    http::Response form(const http::Request& request, const Visit& visit) const
    {
        const auto account = account_of(visit);
        return account ? page(request, visit, *account) : to_overview({});
    }

    http::Response set(const http::Request& request, const Visit& visit) const
    {
        const auto account = account_of(visit);
        if (!account)
            return to_overview({});
        if (const auto error = doubt(request, visit, *account, "present"); !error.empty())
            return page(request, visit, *account, error, "present");
        const auto done = parts_.accounts.set_password(
            account->id, raw_field(request, "password"), visit.session->id, arrival_of(request, visit).device
        );
        if (!done && done.error().kind == base::ErrorKind::not_found)
            return to_overview({});
        if (!done)
            return page(request, visit, *account, key_of(done.error()), "password");
        return to_overview(account->password_hash ? "password_changed" : "password_set");
    }

    http::Response remove(const http::Request& request, const Visit& visit) const
    {
        const auto account = account_of(visit);
        if (!account || !account->password_hash)
            return to_overview({});
        if (const auto error = doubt(request, visit, *account, "present_to_remove"); !error.empty())
            return page(request, visit, *account, error, "present_to_remove");
        parts_.accounts.remove_password(account->id, arrival_of(request, visit).device);
        return to_overview("password_removed");
    }

private:
    // Why we are not sure that it is the account's owner who asks: a key, or empty when we are.
    std::string doubt(
        const http::Request& request, const Visit& visit, const Account& account, std::string_view field
    ) const
    {
        if (is_fresh(visit))
            return {};
        if (!account.password_hash)
            return "login_again";
        const auto present = raw_field(request, field);
        if (present.empty())
            return "present_missing";
        if (!parts_.may_try("present-password:" + account.id.text))
            return "too_many";
        return parts_.accounts.knows_password(account, present) ? "" : "present_wrong";
    }

    http::Response page(
        const http::Request& request,
        const Visit& visit,
        const Account& account,
        const std::string& error = {},
        std::string_view error_at = {}
    ) const
    {
        const bool has_password = account.password_hash.has_value();
        const bool asks_for_present = has_password && !is_fresh(visit);
        const auto field = [&](std::string_view name, std::string_view label, std::string_view autocomplete) {
            return html::text_field(
                {.name = std::string(name),
                 .label = text(visit, label),
                 .hint = name == "password" ? text(visit, "password_hint") : "",
                 .error = error_at == name && !error.empty() ? text(visit, error) : "",
                 .type = "password",
                 .autocomplete = std::string(autocomplete),
                 .is_spell_checked = false}
            );
        };
        const auto title = text(visit, has_password ? "change_password" : "set_password");
        Shown shown{"identity/password", title};
        shown.back_url = "/konto/sicherheit";
        shown.data.set("title", title).set("email", account.email).set("has_password", has_password);
        if (!has_password && !is_fresh(visit)) {
            shown.data.set("login_url", "/konto/anmelden?weiter=" + std::string(address));
            shown.status = error.empty() ? 200 : 403;
            return parts_.show(request, visit, std::move(shown));
        }
        shown.data.set("may_set", true);
        if (asks_for_present) {
            shown.data.set("present", field("present", "present_password", "current-password"));
            shown.data.set(
                "present_to_remove", field("present_to_remove", "present_password", "current-password")
            );
        }
        shown.data.set("password", field("password", "new_password", "new-password"));
        return form_page(request, visit, std::move(shown), error, error_at);
    }
};

}  // namespace

std::vector<http::Route> password_routes(const PageParts& parts)
{
    using http::Method;
    const auto pages = std::make_shared<const PasswordPages>(parts);
    const auto page = [&](auto handler) { return parts.doorkeeper.resident(bound(pages, handler)); };
    std::string remove(address);
    remove += "/entfernen";
    return {
        {Method::get, std::string(address), page(&PasswordPages::form)},
        {Method::post, std::string(address), page(&PasswordPages::set)},
        {Method::get, remove, page(&PasswordPages::form)},  // where a change of language leads
        {Method::post, remove, page(&PasswordPages::remove)},
    };
}

}  // namespace identity
