#include "platform/identity/security_pages.hpp"

#include "kit/html/components.hpp"
#include "platform/identity/accounts.hpp"
#include "platform/identity/page_base.hpp"

#include <algorithm>
#include <array>

namespace identity {

namespace {

// What a page that leads back here may say was done.
constexpr std::array<std::string_view, 6> messages{
    "password_set",
    "password_changed",
    "password_removed",
    "second_step_removed",
    "session_ended",
    "other_sessions_ended"};
constexpr std::size_t events_shown = 20;

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
        add_sessions(shown.data, visit);
        shown.data.set("history", history_of(visit));
        return parts_.show(request, visit, std::move(shown));
    }

    http::Response end_session(const http::Request& request, const Visit& visit) const
    {
        parts_.accounts.end_session(
            id_of(visit), request.route_value("session"), arrival_of(request, visit).device
        );
        return to_overview("session_ended");
    }

    http::Response end_others(const http::Request& request, const Visit& visit) const
    {
        parts_.accounts.end_other_sessions(
            id_of(visit), visit.session->id, arrival_of(request, visit).device
        );
        return to_overview("other_sessions_ended");
    }

    http::Response back(const http::Request&, const Visit&) const { return to_overview({}); }

private:
    std::string name_of(const Device& device, const Visit& visit) const
    {
        if (device.browser.empty())
            return device.system.empty() ? text(visit, "device_unknown") : device.system;
        if (device.system.empty())
            return device.browser;
        return text(visit, "device", {{"browser", device.browser}, {"system", device.system}});
    }

    void add_sessions(html::Data& data, const Visit& visit) const
    {
        html::List list;
        for (const auto& kept : parts_.accounts.open_sessions(id_of(visit))) {
            const bool is_own = kept.session.id == visit.session->id;
            html::Data line;
            line.set("device", name_of(kept.device, visit)).set("is_own", is_own);
            line.set(
                "times",
                text(
                    visit,
                    "session_times",
                    {{"begun", html::show_instant(visit.language, kept.session.begun_at)},
                     {"seen", html::show_instant(visit.language, is_own ? visit.now : kept.last_seen_at)}}
                )
            );
            line.set("end_url", "/konto/sicherheit/sitzungen/" + kept.session.id);
            list.push_back(std::move(line));
        }
        data.set("has_others", list.size() > 1).set("sessions", std::move(list));
    }

    html::Data history_of(const Visit& visit) const
    {
        html::Table table;
        table.caption = text(visit, "history_title");
        table.headings = {
            text(visit, "history_when"), text(visit, "history_what"), text(visit, "history_device")};
        for (const auto& event : parts_.accounts.history(id_of(visit), events_shown))
            table.rows.push_back(
                {html::show_instant(visit.language, event.at),
                 text(visit, "event_" + event.kind),
                 name_of(event.device, visit)}
            );
        return html::table(table);
    }

    std::vector<html::SummaryRow> ways_in(const Account& account, const Visit& visit) const
    {
        return {
            {text(visit, "email"), {account.email}, "/konto/sicherheit/adresse"},
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
    using http::Method;
    const std::string sessions = "/konto/sicherheit/sitzungen";
    const auto pages = std::make_shared<const SecurityPages>(parts);
    const auto page = [&](auto handler) { return parts.doorkeeper.resident(bound(pages, handler)); };
    return {
        {Method::get, "/konto/sicherheit", page(&SecurityPages::overview)},
        {Method::get, sessions, page(&SecurityPages::back)},  // where logging in again leads
        {Method::post, sessions, page(&SecurityPages::end_others)},
        {Method::get, sessions + "/{session}", page(&SecurityPages::back)},
        {Method::post, sessions + "/{session}", page(&SecurityPages::end_session)},
    };
}

}  // namespace identity
