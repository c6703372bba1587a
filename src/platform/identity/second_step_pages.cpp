#include "platform/identity/second_step_pages.hpp"

#include "kit/crypto/hashing.hpp"
#include "kit/html/components.hpp"
#include "kit/html/qr_code.hpp"
#include "platform/identity/cookies.hpp"
#include "platform/identity/form_values.hpp"
#include "platform/identity/page_base.hpp"
#include "platform/identity/second_step.hpp"

namespace identity {

namespace {

constexpr std::string_view address = "/konto/sicherheit/code";
constexpr int quiet_squares = 4;

std::string in_fours(std::string_view text)
{
    std::string grouped;
    for (std::size_t at = 0; at < text.size(); at += 4)
        grouped += (at == 0 ? "" : " ") + std::string(text.substr(at, 4));
    return grouped;
}

html::Data drawn(const std::string& text)
{
    const auto code = html::qr_code(text);
    const auto side = std::to_string(code.size + 2 * quiet_squares);
    html::Data data;
    data.set("side", side).set("path", code.path).set("margin", std::to_string(quiet_squares));
    return data;
}

class SecondStepPages : public AccountPageBase {
public:
    using AccountPageBase::AccountPageBase;

    http::Response form(const http::Request& request, const Visit& visit) const
    {
        return page(request, visit, {});
    }

    http::Response begin(const http::Request&, const Visit& visit) const
    {
        if (is_fresh(visit))
            parts_.second_step.begin(id_of(visit));
        return http::see_other(std::string(address));
    }

    http::Response confirm(const http::Request& request, const Visit& visit) const
    {
        const auto code = trimmed_field(request, "code");
        if (code.empty())
            return page(request, visit, "code_missing");
        if (!parts_.may_try("code:" + visit.session->subject))
            return page(request, visit, "too_many");
        const auto codes = parts_.second_step.confirm(id_of(visit), code, arrival_of(request, visit).device);
        if (!codes && codes.error().kind == base::ErrorKind::conflict)
            return http::see_other(std::string(address));
        if (!codes)
            return page(request, visit, key_of(codes.error()));
        html::List list(codes->begin(), codes->end());
        Shown shown{"identity/recovery_codes", text(visit, "recovery_title")};
        shown.is_personal = true;
        shown.data.set("codes", std::move(list));
        return parts_.show(request, visit, std::move(shown));
    }

    http::Response remove(const http::Request& request, const Visit& visit) const
    {
        if (!parts_.may_try("code:" + visit.session->subject))
            return page(request, visit, "too_many");
        const auto removed = parts_.second_step.remove(
            id_of(visit), trimmed_field(request, "code"), arrival_of(request, visit).device
        );
        return removed ? to_overview("second_step_removed") : page(request, visit, key_of(removed.error()));
    }

    http::Response ask(const http::Request& request, const Visit& visit) const
    {
        return waiting(request) ? login_page(request, visit, {}) : http::see_other("/konto/anmelden");
    }

    http::Response log_in(const http::Request& request, const Visit& visit) const
    {
        const auto account = waiting(request);
        if (!account)
            return http::see_other("/konto/anmelden");
        const auto code = trimmed_field(request, "code");
        if (code.empty())
            return login_page(request, visit, "code_missing");
        if (!may_try(request, "code", account->text))
            return login_page(request, visit, "too_many");
        const auto token = read_cookie(request, second_step_cookie).value_or("");
        const auto entry = parts_.second_step.enter(token, code, arrival_of(request, visit));
        if (!entry && entry.error().kind == base::ErrorKind::not_found)
            return http::see_other("/konto/anmelden");
        if (!entry)
            return login_page(request, visit, key_of(entry.error()));
        auto response = let_in(request, visit, *entry);
        http::set_cookie(response, {std::string(second_step_cookie), "", 0}, visit.is_secure);
        return response;
    }

private:
    std::optional<AccountId> waiting(const http::Request& request) const
    {
        const auto token = read_cookie(request, second_step_cookie);
        return token ? parts_.second_step.find_waiting(*token) : std::nullopt;
    }

    html::Data code_field(const Visit& visit, std::string_view label, std::string_view error) const
    {
        return html::text_field(
            {.name = "code",
             .label = text(visit, label),
             .error = error.empty() ? "" : text(visit, error),
             .autocomplete = "one-time-code",
             .width = 20,
             .is_spell_checked = false}
        );
    }

    http::Response login_page(const http::Request& request, const Visit& visit, std::string_view error) const
    {
        Shown shown{"identity/login_code", text(visit, "login_code_title")};
        shown.back_url = "/konto/anmelden";
        shown.data.set("code", code_field(visit, "code_or_recovery", error));
        return form_page(request, visit, std::move(shown), error, "code");
    }

    http::Response page(const http::Request& request, const Visit& visit, std::string_view error) const
    {
        const auto account = account_of(visit);
        if (!account)
            return to_overview({});
        Shown shown{"identity/second_step", text(visit, "second_step_title")};
        shown.back_url = "/konto/sicherheit";
        auto& data = shown.data;
        if (account->has_second_step) {
            const auto left = std::to_string(parts_.second_step.recovery_codes_left(account->id));
            data.set("is_on", true).set("left", text(visit, "recovery_left", {{"count", left}}));
            data.set("code", code_field(visit, "code_or_recovery", error));
        } else if (!is_fresh(visit)) {
            data.set("login_url", "/konto/anmelden?weiter=" + std::string(address));
            error = {};
        } else if (const auto secret = parts_.second_step.secret_to_confirm(account->id)) {
            add_secret(data, visit, *account, crypto::base32(*secret));
            data.set("code", code_field(visit, "code_of_app", error));
        } else {
            data.set("may_begin", true);
            error = {};
        }
        return form_page(request, visit, std::move(shown), error, "code");
    }

    // What the app wants to know (github.com/google/google-authenticator/wiki/Key-Uri-Format).
    void
    add_secret(html::Data& data, const Visit& visit, const Account& account, const std::string& secret) const
    {
        const auto issuer = http::percent_encode(parts_.texts.text(visit.language, "html.portal_name"));
        const auto app_address = "otpauth://totp/" + issuer + ":" + http::percent_encode(account.email) +
                                 "?secret=" + secret + "&issuer=" + issuer;
        data.set("must_confirm", true).set("secret", in_fours(secret)).set("app_address", app_address);
        data.set("picture", drawn(app_address));
    }
};

}  // namespace

std::vector<http::Route> second_step_routes(const PageParts& parts)
{
    using http::Method;
    const auto pages = std::make_shared<const SecondStepPages>(parts);
    const auto own = [&](auto handler) { return parts.doorkeeper.resident(bound(pages, handler)); };
    const auto open = [&](auto handler) { return parts.doorkeeper.open(bound(pages, handler)); };
    const std::string base(address);
    return {
        {Method::get, base, own(&SecondStepPages::form)},
        {Method::post, base, own(&SecondStepPages::begin)},
        {Method::get,
         base + "/bestaetigen",
         own(&SecondStepPages::form)},  // where a change of language leads
        {Method::post, base + "/bestaetigen", own(&SecondStepPages::confirm)},
        {Method::get, base + "/entfernen", own(&SecondStepPages::form)},
        {Method::post, base + "/entfernen", own(&SecondStepPages::remove)},
        {Method::get, "/konto/anmelden/code", open(&SecondStepPages::ask)},
        {Method::post, "/konto/anmelden/code", open(&SecondStepPages::log_in)},
    };
}

}  // namespace identity
