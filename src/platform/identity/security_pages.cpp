#include "platform/identity/security_pages.hpp"

#include "kit/html/components.hpp"
#include "platform/identity/accounts.hpp"
#include "platform/identity/page_base.hpp"

#include <algorithm>
#include <array>

namespace identity {

namespace {

// What a page that leads back here may say was done.
constexpr std::array<std::string_view, 4> messages{
    "password_set", "password_changed", "password_removed", "second_step_removed"};

class SecurityPages : public AccountPageBase {
public:
    using AccountPageBase::AccountPageBase;

    http::Response overview(const http::Request& request, const Visit& visit) const
    {
        const auto account = account_of(visit);
        if (!account)
            return http::see_other("/konto/anmelden");
        Shown shown{"identity/security", text(visit, "security_title")};
        shown.is_personal = true;
        shown.back_url = "/konto";
        const auto message = request.query_value("meldung").value_or("");
        if (std::ranges::find(messages, message) != messages.end())
            shown.data.set(
                "message",
                html::notification(
                    {.heading = text(visit, "event_" + std::string(message)), .is_success = true}
                )
            );
        shown.data.set("ways", html::summary_list(ways_in(*account, visit)));
        return parts_.show(request, visit, std::move(shown));
    }

private:
    std::vector<html::SummaryRow> ways_in(const Account& account, const Visit& visit) const
    {
        return {
            {text(visit, "email"), {account.email}},
            {text(visit, "password"),
             {text(visit, account.password_hash ? "password_is_set" : "password_is_not_set")},
             "/konto/sicherheit/passwort"},
            {text(visit, "second_step"),
             {text(visit, account.has_second_step ? "second_step_on" : "second_step_off")},
             "/konto/sicherheit/code"},
        };
    }
};

}  // namespace

std::vector<http::Route> security_routes(const PageParts& parts)
{
    const auto pages = std::make_shared<const SecurityPages>(parts);
    const auto page = [&](auto handler) { return parts.doorkeeper.resident(bound(pages, handler)); };
    return {
        {http::Method::get, "/konto/sicherheit", page(&SecurityPages::overview)},
    };
}

}  // namespace identity
