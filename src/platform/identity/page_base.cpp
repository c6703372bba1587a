#include "platform/identity/page_base.hpp"

#include "base/text.hpp"
#include "kit/html/components.hpp"
#include "kit/http/rate_limiter.hpp"
#include "platform/identity/accounts.hpp"
#include "platform/identity/cookies.hpp"
#include "platform/identity/form_values.hpp"
#include "platform/identity/sessions.hpp"

namespace identity {

std::string PageBase::text(const Visit& visit, std::string_view key, const html::Arguments& arguments) const
{
    return parts_.texts.text(visit.language, "identity." + std::string(key), arguments);
}

http::Response PageBase::form_page(
    const http::Request& request, const Visit& visit, Shown shown, std::string_view error, std::string_view at
) const
{
    shown.is_personal = true;
    if (!error.empty()) {
        shown.data.set("error_summary", html::error_summary({{std::string(at), text(visit, error)}}));
        shown.has_errors = true;
        shown.status = error == "too_many" ? 429 : 422;
    }
    return parts_.show(request, visit, std::move(shown));
}

http::Response
PageBase::link_sent(const http::Request& request, const Visit& visit, std::string sentence) const
{
    html::Data data;
    data.set("sentence", std::move(sentence));
    return parts_.show(request, visit, {"identity/link_sent", text(visit, "sent_title"), std::move(data)});
}

http::Response PageBase::link_used(const http::Request& request, const Visit& visit) const
{
    return parts_.show(request, visit, {"identity/link_used", text(visit, "used_title"), {}, 410});
}

http::Response PageBase::account_link_used(const http::Request& request, const Visit& visit) const
{
    return parts_.show(request, visit, {"identity/account_link_used", text(visit, "used_title"), {}, 410});
}

http::Response PageBase::let_in(const http::Request& request, const Visit& visit, const Entry& entry) const
{
    if (entry.needs_code) {
        auto to_code = http::see_other("/konto/anmelden/code");
        http::set_cookie(to_code, {std::string(second_step_cookie), entry.token, 600}, visit.is_secure);
        return to_code;
    }
    if (const auto before = read_cookie(request, session_cookie))
        parts_.sessions.log_out(*before);
    auto response = http::see_other(safe_return(entry.return_to, "/konto"));
    http::set_cookie(response, {std::string(session_cookie), entry.token}, visit.is_secure);
    return response;
}

std::string PageBase::key_of(const base::Error& error)
{
    return error.message_key.substr(error.message_key.find('.') + 1);
}

bool PageBase::may_try(const http::Request& request, std::string_view what, std::string_view whom) const
{
    const std::string key(what);
    return parts_.may_try(key + ":" + base::ascii_lower(whom)) &&
           parts_.may_try(key + "-from:" + http::client_network(request.remote_address));
}

bool AccountPageBase::is_fresh(const Visit& visit)
{
    return visit.now - visit.session->begun_at < std::chrono::minutes(10);
}

std::optional<Account> AccountPageBase::account_of(const Visit& visit) const
{
    return parts_.accounts.find(id_of(visit));
}

http::Response AccountPageBase::to_overview(std::string_view message)
{
    const std::string overview = "/konto/sicherheit";
    return http::see_other(message.empty() ? overview : overview + "?meldung=" + std::string(message));
}

Arrival arrival_of(const http::Request& request, const Visit& visit)
{
    return {device_of(request.header("user-agent").value_or("")), visit.language};
}

}  // namespace identity
