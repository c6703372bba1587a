#include "platform/identity/identity_pages.hpp"

#include "kit/html/components.hpp"
#include "kit/sql/database.hpp"
#include "platform/identity/accounts.hpp"
#include "platform/identity/address_pages.hpp"
#include "platform/identity/cookies.hpp"
#include "platform/identity/form_values.hpp"
#include "platform/identity/leaving_pages.hpp"
#include "platform/identity/page_base.hpp"
#include "platform/identity/password_pages.hpp"
#include "platform/identity/second_step_pages.hpp"
#include "platform/identity/security_pages.hpp"
#include "platform/identity/sessions.hpp"

namespace identity {

namespace {

// The two doors differ in their page, their cookie's meaning and where they lead.
class LoginPages : public PageBase {
public:
    using PageBase::PageBase;

    http::Response staff_form(const http::Request& request, const Visit& visit) const
    {
        return staff_page(request, visit, std::string(request.query_value("weiter").value_or("")), {}, {});
    }

    http::Response staff_log_in(const http::Request& request, const Visit& visit) const
    {
        const auto email = trimmed_field(request, "email");
        const auto return_to = trimmed_field(request, "weiter");
        if (!may_try(request, "login", email))
            return staff_page(request, visit, return_to, email, "too_many");
        const auto token =
            parts_.sessions.log_in(email, raw_field(request, "password"), arrival_of(request, visit).device);
        if (!token)
            return staff_page(request, visit, return_to, email, "wrong_login");
        auto response = http::see_other(safe_return(return_to, "/schalter/eingang"));
        http::set_cookie(response, {std::string(session_cookie), *token}, visit.is_secure);
        return response;
    }

    http::Response resident_form(const http::Request& request, const Visit& visit) const
    {
        return resident_page(
            request, visit, {.return_to = std::string(request.query_value("weiter").value_or(""))}
        );
    }

    // Two forms on one page: a link for everybody, a password for those who have one.
    http::Response resident_log_in(const http::Request& request, const Visit& visit) const
    {
        const auto form = request.form();
        return http::find_field(form, "password") ? log_in_by_password(request, visit)
                                                  : send_link(request, visit);
    }

    http::Response log_in_by_password(const http::Request& request, const Visit& visit) const
    {
        Typed typed{
            .return_to = trimmed_field(request, "weiter"),
            .account_email = trimmed_field(request, "account_email")};
        const auto password = raw_field(request, "password");
        typed.error_at = "account_email";
        if (typed.account_email.empty() || !looks_like_email(typed.account_email))
            typed.error = typed.account_email.empty() ? "email_missing" : "email_format";
        else if (password.empty()) {
            typed.error = "password_missing";
            typed.error_at = "password";
        } else if (!may_try(request, "login", typed.account_email))
            typed.error = "too_many";
        if (!typed.error.empty())
            return resident_page(request, visit, typed);
        const auto entry = parts_.accounts.enter_by_password(
            typed.account_email, password, arrival_of(request, visit), typed.return_to
        );
        if (entry)
            return let_in(request, visit, *entry);
        typed.error = "wrong_login";
        return resident_page(request, visit, typed);
    }

    // Says the same for every address, so that nobody learns who has ordered something.
    http::Response send_link(const http::Request& request, const Visit& visit) const
    {
        Typed typed{.return_to = trimmed_field(request, "weiter"), .email = trimmed_field(request, "email")};
        const auto& email = typed.email;
        typed.error_at = "email";
        if (email.empty() || !looks_like_email(email))
            typed.error = email.empty() ? "email_missing" : "email_format";
        else if (!may_try(request, "link", email))
            typed.error = "too_many";
        if (!typed.error.empty())
            return resident_page(request, visit, typed);

        auto transaction = parts_.database.begin_across_tenants();
        const auto token =
            parts_.sessions.make_login_link(transaction, email, safe_return(typed.return_to, "/konto"));
        const html::Arguments link{{"link", parts_.public_address + "/konto/anmelden/" + token}};
        parts_.post(transaction, email, text(visit, "mail_subject"), text(visit, "mail_body", link));
        transaction.commit();

        return link_sent(request, visit, text(visit, "sent_sentence", {{"email", email}}));
    }

    http::Response confirm(const http::Request& request, const Visit& visit) const
    {
        if (!parts_.sessions.is_open(request.route_value("token")))
            return link_used(request, visit);
        html::Data data;
        data.set("action", request.path);
        return parts_.show(
            request, visit, {"identity/link_confirm", text(visit, "confirm_title"), std::move(data)}
        );
    }

    http::Response log_in_by_link(const http::Request& request, const Visit& visit) const
    {
        const auto entry =
            parts_.accounts.enter_by_link(request.route_value("token"), arrival_of(request, visit));
        return entry ? let_in(request, visit, *entry) : link_used(request, visit);
    }

    http::Response log_out(const http::Request& request, const Visit& visit, std::string_view then) const
    {
        if (const auto token = read_cookie(request, session_cookie))
            parts_.sessions.log_out(*token);
        auto response = http::see_other(std::string(then));
        http::set_cookie(response, {std::string(session_cookie), "", 0}, visit.is_secure);
        return response;
    }

private:
    // What came with a form for residents, and what is wrong with it.
    struct Typed {
        std::string return_to = {};
        std::string email = {};
        std::string account_email = {};
        std::string error = {};
        std::string error_at = {};
    };

    http::Response staff_page(
        const http::Request& request,
        const Visit& visit,
        std::string return_to,
        std::string email,
        std::string_view error
    ) const
    {
        Shown shown{"identity/staff_login", text(visit, "staff_title")};
        shown.data.set("return_to", std::move(return_to)).set("email", std::move(email));
        if (!error.empty()) {
            shown.data.set("error", text(visit, error));
            shown.has_errors = true;
            shown.status = error == "too_many" ? 429 : 422;
        }
        return parts_.show(request, visit, std::move(shown));
    }

    http::Response resident_page(const http::Request& request, const Visit& visit, const Typed& typed) const
    {
        const auto error_at = [&](std::string_view name) {
            return typed.error_at == name && !typed.error.empty() ? text(visit, typed.error) : std::string();
        };
        Shown shown{"identity/resident_login", text(visit, "resident_title")};
        shown.data.set("return_to", typed.return_to);
        shown.data.set(
            "email",
            html::text_field(
                {.name = "email",
                 .label = text(visit, "email"),
                 .error = error_at("email"),
                 .value = typed.email,
                 .type = "email",
                 .autocomplete = "email",
                 .is_spell_checked = false}
            )
        );
        shown.data.set(
            "account_email",
            html::text_field(
                {.name = "account_email",
                 .label = text(visit, "email"),
                 .error = error_at("account_email"),
                 .value = typed.account_email,
                 .type = "email",
                 .autocomplete = "username",
                 .is_spell_checked = false}
            )
        );
        shown.data.set(
            "password",
            html::text_field(
                {.name = "password",
                 .label = text(visit, "password"),
                 .error = error_at("password"),
                 .type = "password",
                 .autocomplete = "current-password",
                 .is_spell_checked = false}
            )
        );
        return form_page(request, visit, std::move(shown), typed.error, typed.error_at);
    }
};

}  // namespace

std::vector<http::Route> routes(const PageParts& parts)
{
    using http::Method;
    const auto pages = std::make_shared<const LoginPages>(parts);
    const auto& door = parts.doorkeeper;
    const auto page = [&](http::Response (LoginPages::*handler)(const http::Request&, const Visit&) const) {
        return door.open(bound(pages, handler));
    };
    const auto log_out = [&door, pages](std::string then) {
        return door.open([pages, then = std::move(then)](const http::Request& request, const Visit& visit) {
            return pages->log_out(request, visit, then);
        });
    };
    std::vector<http::Route> all{
        {Method::get, "/schalter/anmelden", page(&LoginPages::staff_form)},
        {Method::post, "/schalter/anmelden", page(&LoginPages::staff_log_in)},
        {Method::post, "/schalter/abmelden", log_out("/schalter/anmelden")},
        {Method::get, "/konto/anmelden", page(&LoginPages::resident_form)},
        {Method::post, "/konto/anmelden", page(&LoginPages::resident_log_in)},
        {Method::get, "/konto/anmelden/{token}", page(&LoginPages::confirm)},
        {Method::post, "/konto/anmelden/{token}", page(&LoginPages::log_in_by_link)},
        {Method::post, "/konto/abmelden", log_out("/")},
    };
    for (auto& more :
         {security_routes(parts),
          password_routes(parts),
          second_step_routes(parts),
          leaving_routes(parts),
          address_routes(parts)})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

}  // namespace identity
