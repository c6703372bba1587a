#include "platform/identity/address_pages.hpp"

#include "base/text.hpp"
#include "kit/html/components.hpp"
#include "kit/mail/message.hpp"
#include "kit/sql/database.hpp"
#include "platform/identity/address_change.hpp"
#include "platform/identity/form_values.hpp"
#include "platform/identity/page_base.hpp"

namespace identity {

namespace {

constexpr std::string_view address = "/konto/sicherheit/adresse";

class AddressPages : public AccountPageBase {
public:
    using AccountPageBase::AccountPageBase;

    http::Response form(const http::Request& request, const Visit& visit) const
    {
        return page(request, visit, {}, {});
    }

    http::Response ask(const http::Request& request, const Visit& visit) const
    {
        const auto account = account_of(visit);
        if (!account)
            return to_overview({});
        const auto email = trimmed_field(request, "email");
        if (email.empty())
            return page(request, visit, email, "email_missing");
        if (!looks_like_email(email) || !mail::is_address(email))
            return page(request, visit, email, "email_format");
        if (base::ascii_lower(email) == account->email)
            return page(request, visit, email, "address_same");
        if (!may_try(request, "address", account->email) || !may_try(request, "address", email))
            return page(request, visit, email, "too_many");

        auto transaction = parts_.database.begin_across_tenants();
        const auto tokens =
            parts_.address_change.ask(transaction, account->id, email, arrival_of(request, visit).device);
        for (const auto& [to, token] :
             {std::pair(account->email, tokens.for_old_address), std::pair(email, tokens.for_new_address)})
            parts_.post(
                transaction,
                to,
                text(visit, "mail_address_subject"),
                text(
                    visit,
                    "mail_address_body",
                    {{"old", account->email},
                     {"new", email},
                     {"link", parts_.public_address + "/konto/adresse/" + token}}
                )
            );
        transaction.commit();
        return link_sent(
            request, visit, text(visit, "address_sent", {{"old", account->email}, {"new", email}})
        );
    }

    http::Response confirm_form(const http::Request& request, const Visit& visit) const
    {
        const auto email = parts_.address_change.find_by_link(request.route_value("token"));
        if (!email)
            return account_link_used(request, visit);
        Shown shown{"identity/address_confirm", text(visit, "address_title")};
        shown.is_personal = true;
        shown.data.set("action", request.path)
            .set("sentence", text(visit, "address_confirm", {{"email", *email}}));
        return parts_.show(request, visit, std::move(shown));
    }

    http::Response confirm(const http::Request& request, const Visit& visit) const
    {
        const auto done =
            parts_.address_change.confirm(request.route_value("token"), arrival_of(request, visit).device);
        if (!done && done.error().kind == base::ErrorKind::not_found)
            return account_link_used(request, visit);
        if (!done)
            return outcome(request, visit, "address_taken", 409);
        const bool is_changed = *done == AddressChange::Outcome::changed;
        return outcome(request, visit, is_changed ? "address_changed" : "address_waits", 200);
    }

private:
    http::Response
    outcome(const http::Request& request, const Visit& visit, const std::string& key, int status) const
    {
        Shown shown{"identity/address_outcome", text(visit, key + "_title"), {}, status};
        shown.is_personal = true;
        shown.data.set("title", shown.title).set("sentence", text(visit, key + "_sentence"));
        return parts_.show(request, visit, std::move(shown));
    }

    http::Response
    page(const http::Request& request, const Visit& visit, std::string email, std::string_view error) const
    {
        const auto account = account_of(visit);
        Shown shown{"identity/address", text(visit, "address_title")};
        shown.back_url = "/konto/sicherheit";
        shown.data.set(
            "sentence",
            text(visit, "address_explained", {{"email", account ? account->email : visit.session->email}})
        );
        shown.data.set(
            "email",
            html::text_field(
                {.name = "email",
                 .label = text(visit, "address_new"),
                 .error = error.empty() ? "" : text(visit, error),
                 .value = std::move(email),
                 .type = "email",
                 .autocomplete = "email",
                 .is_spell_checked = false}
            )
        );
        return form_page(request, visit, std::move(shown), error, "email");
    }
};

}  // namespace

std::vector<http::Route> address_routes(const PageParts& parts)
{
    using http::Method;
    const auto pages = std::make_shared<const AddressPages>(parts);
    const auto own = [&](auto handler) { return parts.doorkeeper.resident(bound(pages, handler)); };
    const auto open = [&](auto handler) { return parts.doorkeeper.open(bound(pages, handler)); };
    return {
        {Method::get, std::string(address), own(&AddressPages::form)},
        {Method::post, std::string(address), own(&AddressPages::ask)},
        {Method::get, "/konto/adresse/{token}", open(&AddressPages::confirm_form)},
        {Method::post, "/konto/adresse/{token}", open(&AddressPages::confirm)},
    };
}

}  // namespace identity
