#include "platform/identity/leaving_pages.hpp"

#include "kit/sql/database.hpp"
#include "platform/identity/account_export.hpp"
#include "platform/identity/cookies.hpp"
#include "platform/identity/leaving.hpp"
#include "platform/identity/page_base.hpp"
#include "platform/identity/second_step.hpp"

namespace identity {

namespace {

constexpr std::string_view address = "/konto/loeschen";
constexpr std::size_t all_events = 100'000;

class LeavingPages : public AccountPageBase {
public:
    using AccountPageBase::AccountPageBase;

    http::Response form(const http::Request& request, const Visit& visit) const
    {
        return page(request, visit, 200);
    }

    http::Response data(const http::Request& request, const Visit& visit) const
    {
        const auto id = id_of(visit);
        parts_.accounts.note_export(id, arrival_of(request, visit).device);
        const auto account = parts_.accounts.find(id);
        if (!account)
            return to_overview({});
        const AccountHoldings holdings{
            *account,
            parts_.second_step.recovery_codes_left(id),
            parts_.accounts.open_sessions(id),
            parts_.accounts.history(id, all_events),
            parts_.orders_of(account->email)};
        auto response = http::json(json::write_pretty(export_of(holdings)));
        return response.set("content-disposition", "attachment; filename=\"schalter-konto.json\"");
    }

    http::Response remove(const http::Request& request, const Visit& visit) const
    {
        if (!is_fresh(visit))
            return page(request, visit, 403);
        parts_.leaving.remove(id_of(visit));
        return gone(request, visit);
    }

    http::Response send_link(const http::Request& request, const Visit& visit) const
    {
        const auto account = account_of(visit);
        if (!account)
            return to_overview({});
        if (!may_try(request, "delete-link", account->email))
            return form_page(
                request,
                visit,
                {"identity/leave", text(visit, "leave_title"), page_data(visit), 429},
                "too_many",
                "link"
            );
        auto transaction = parts_.database.begin_across_tenants();
        const auto token =
            parts_.leaving.make_link(transaction, account->id, arrival_of(request, visit).device);
        const auto link = parts_.public_address + std::string(address) + "/" + token;
        parts_.post(
            transaction,
            account->email,
            text(visit, "mail_leave_subject"),
            text(visit, "mail_leave_body", {{"link", link}})
        );
        transaction.commit();
        return link_sent(request, visit, text(visit, "leave_link_sent", {{"email", account->email}}));
    }

    http::Response confirm(const http::Request& request, const Visit& visit) const
    {
        const auto account = parts_.leaving.find_by_link(request.route_value("token"));
        if (!account)
            return account_link_used(request, visit);
        Shown shown{"identity/leave_confirm", text(visit, "leave_title")};
        shown.is_personal = true;
        shown.data.set("action", request.path)
            .set("sentence", text(visit, "leave_confirm", {{"email", account->email}}));
        return parts_.show(request, visit, std::move(shown));
    }

    http::Response remove_by_link(const http::Request& request, const Visit& visit) const
    {
        return parts_.leaving.remove_by_link(request.route_value("token"))
                   ? gone(request, visit)
                   : account_link_used(request, visit);
    }

    http::Response back(const http::Request&, const Visit&) const
    {
        return http::see_other(std::string(address));
    }

private:
    static html::Data page_data(const Visit& visit)
    {
        html::Data data;
        data.set("is_fresh", is_fresh(visit));
        return data;
    }

    http::Response page(const http::Request& request, const Visit& visit, int status) const
    {
        Shown shown{"identity/leave", text(visit, "leave_title"), page_data(visit), status};
        shown.is_personal = true;
        shown.back_url = "/konto/sicherheit";
        return parts_.show(request, visit, std::move(shown));
    }

    http::Response gone(const http::Request& request, Visit visit) const
    {
        visit.session.reset();
        auto response = parts_.show(request, visit, {"identity/left", text(visit, "left_title")});
        http::set_cookie(response, {std::string(session_cookie), "", 0}, visit.is_secure);
        return response;
    }
};

}  // namespace

std::vector<http::Route> leaving_routes(const PageParts& parts)
{
    using http::Method;
    const auto pages = std::make_shared<const LeavingPages>(parts);
    const auto own = [&](auto handler) { return parts.doorkeeper.resident(bound(pages, handler)); };
    const auto open = [&](auto handler) { return parts.doorkeeper.open(bound(pages, handler)); };
    const std::string base(address);
    return {
        {Method::get, base, own(&LeavingPages::form)},
        {Method::post, base, own(&LeavingPages::remove)},
        {Method::get, base + "/link", own(&LeavingPages::back)},  // where logging in again leads
        {Method::post, base + "/link", own(&LeavingPages::send_link)},
        {Method::get, base + "/{token}", open(&LeavingPages::confirm)},
        {Method::post, base + "/{token}", open(&LeavingPages::remove_by_link)},
        {Method::get, "/konto/daten", own(&LeavingPages::back)},
        {Method::post, "/konto/daten", own(&LeavingPages::data)},
    };
}

}  // namespace identity
