#include "platform/identity/identity_pages.hpp"

#include "base/text.hpp"
#include "kit/http/rate_limiter.hpp"
#include "kit/sql/database.hpp"
#include "platform/identity/cookies.hpp"
#include "platform/identity/sessions.hpp"

namespace identity {

namespace {

// Where to go after logging in: a path of ours, never another host ("//evil", "/\evil") and no control
// characters.
std::string safe_return(std::string_view wanted, std::string_view otherwise)
{
    const bool is_path = wanted.starts_with('/') && !wanted.starts_with("//") && !wanted.starts_with("/\\");
    if (!is_path || wanted.size() > 500 || base::has_control_characters(wanted) ||
        wanted.find('\n') != wanted.npos || wanted.find('\r') != wanted.npos)
        return std::string(otherwise);
    return std::string(wanted);
}

// Only what every mail address has; the mail itself is the real check.
bool looks_like_email(std::string_view email)
{
    const auto at = email.find('@');
    return at != std::string_view::npos && at > 0 && email.find('@', at + 1) == std::string_view::npos &&
           email.find('.', at) != std::string_view::npos && email.back() != '.' && email.size() <= 254 &&
           email.find_first_of(" \t\r\n<>,;\"") == std::string_view::npos &&
           !base::has_control_characters(email);
}

std::string field(const http::Request& request, std::string_view name)
{
    const auto form = request.form();
    return std::string(base::trim(http::find_field(form, name).value_or("")));
}

// The two doors differ in their page, their cookie's meaning and where they lead.
class LoginPages {
public:
    explicit LoginPages(PageParts parts) : parts_(std::move(parts)) {}

    http::Response staff_form(const http::Request& request, const Visit& visit) const
    {
        return staff_page(request, visit, std::string(request.query_value("weiter").value_or("")), {}, {});
    }

    http::Response staff_log_in(const http::Request& request, const Visit& visit) const
    {
        const auto email = field(request, "email");
        const auto return_to = field(request, "weiter");
        if (!parts_.may_try("login:" + base::ascii_lower(email)) ||
            !parts_.may_try("login-from:" + http::client_network(request.remote_address)))
            return staff_page(request, visit, return_to, email, "too_many");
        const auto form = request.form();
        const auto token = parts_.sessions.log_in(email, http::find_field(form, "password").value_or(""));
        if (!token)
            return staff_page(request, visit, return_to, email, "wrong_login");
        auto response = http::see_other(safe_return(return_to, "/schalter/eingang"));
        http::set_cookie(response, {std::string(session_cookie), *token}, visit.is_secure);
        return response;
    }

    http::Response resident_form(const http::Request& request, const Visit& visit) const
    {
        return resident_page(request, visit, std::string(request.query_value("weiter").value_or("")), {}, {});
    }

    // Says the same for every address, so that nobody learns who has ordered something.
    http::Response send_link(const http::Request& request, const Visit& visit) const
    {
        const auto email = field(request, "email");
        const auto return_to = field(request, "weiter");
        if (email.empty() || !looks_like_email(email))
            return resident_page(
                request, visit, return_to, email, email.empty() ? "email_missing" : "email_format"
            );
        if (!parts_.may_try("link:" + base::ascii_lower(email)) ||
            !parts_.may_try("link-from:" + http::client_network(request.remote_address)))
            return resident_page(request, visit, return_to, email, "too_many");

        auto transaction = parts_.database.begin_across_tenants();
        const auto token =
            parts_.sessions.make_login_link(transaction, email, safe_return(return_to, "/konto"));
        const html::Arguments link{{"link", parts_.public_address + "/konto/anmelden/" + token}};
        parts_.post(transaction, email, text(visit, "mail_subject"), text(visit, "mail_body", link));
        transaction.commit();

        html::Data data;
        data.set("sentence", text(visit, "sent_sentence", {{"email", email}}));
        return parts_.show(
            request, visit, {"identity/link_sent", text(visit, "sent_title"), std::move(data)}
        );
    }

    http::Response confirm(const http::Request& request, const Visit& visit) const
    {
        if (!parts_.sessions.is_open(request.route_value("token")))
            return used(request, visit);
        html::Data data;
        data.set("action", request.path);
        return parts_.show(
            request, visit, {"identity/link_confirm", text(visit, "confirm_title"), std::move(data)}
        );
    }

    http::Response log_in_by_link(const http::Request& request, const Visit& visit) const
    {
        const auto entry = parts_.sessions.log_in_by_link(request.route_value("token"));
        if (!entry)
            return used(request, visit);
        auto response = http::see_other(safe_return(entry->return_to, "/konto"));
        http::set_cookie(response, {std::string(session_cookie), entry->session_token}, visit.is_secure);
        return response;
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
    std::string text(const Visit& visit, std::string_view key, const html::Arguments& arguments = {}) const
    {
        return parts_.texts.text(visit.language, "identity." + std::string(key), arguments);
    }

    http::Response used(const http::Request& request, const Visit& visit) const
    {
        return parts_.show(request, visit, {"identity/link_used", text(visit, "used_title"), {}, 410});
    }

    http::Response staff_page(
        const http::Request& request,
        const Visit& visit,
        std::string return_to,
        std::string email,
        std::string_view error
    ) const
    {
        return login_page(
            request, visit, {"identity/staff_login", text(visit, "staff_title")}, return_to, email, error
        );
    }

    http::Response resident_page(
        const http::Request& request,
        const Visit& visit,
        std::string return_to,
        std::string email,
        std::string_view error
    ) const
    {
        return login_page(
            request,
            visit,
            {"identity/resident_login", text(visit, "resident_title")},
            return_to,
            email,
            error
        );
    }

    http::Response login_page(
        const http::Request& request,
        const Visit& visit,
        Shown shown,
        std::string& return_to,
        std::string& email,
        std::string_view error
    ) const
    {
        shown.data.set("return_to", std::move(return_to)).set("email", std::move(email));
        if (!error.empty()) {
            shown.data.set("error", text(visit, error));
            shown.has_errors = true;
            shown.status = error == "too_many" ? 429 : 422;
        }
        return parts_.show(request, visit, std::move(shown));
    }

    PageParts parts_;
};

}  // namespace

std::vector<http::Route> routes(const PageParts& parts)
{
    using http::Method;
    // Shared by the handlers below, which live as long as the router.
    const auto pages = std::make_shared<const LoginPages>(parts);
    const auto& door = parts.doorkeeper;
    const auto page = [&door, pages](http::Response (LoginPages::*handler)(const http::Request&, const Visit&)
                                         const) {
        return door.open([pages, handler](const http::Request& request, const Visit& visit) {
            return ((*pages).*handler)(request, visit);
        });
    };
    const auto log_out = [&door, pages](std::string then) {
        return door.open([pages, then = std::move(then)](const http::Request& request, const Visit& visit) {
            return pages->log_out(request, visit, then);
        });
    };
    return {
        {Method::get, "/schalter/anmelden", page(&LoginPages::staff_form)},
        {Method::post, "/schalter/anmelden", page(&LoginPages::staff_log_in)},
        {Method::post, "/schalter/abmelden", log_out("/schalter/anmelden")},
        {Method::get, "/konto/anmelden", page(&LoginPages::resident_form)},
        {Method::post, "/konto/anmelden", page(&LoginPages::send_link)},
        {Method::get, "/konto/anmelden/{token}", page(&LoginPages::confirm)},
        {Method::post, "/konto/anmelden/{token}", page(&LoginPages::log_in_by_link)},
        {Method::post, "/konto/abmelden", log_out("/")},
    };
}

}  // namespace identity
