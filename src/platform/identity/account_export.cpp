#include "platform/identity/account_export.hpp"

#include "base/date.hpp"

namespace identity {

json::Value export_of(const AccountHoldings& holdings)
{
    const auto& account = holdings.account;
    json::Array sessions;
    for (const auto& kept : holdings.sessions)
        sessions.push_back(json::Object{
            {"begunAt", base::format_instant(kept.session.begun_at)},
            {"lastSeenAt", base::format_instant(kept.last_seen_at)},
            {"browser", kept.device.browser},
            {"system", kept.device.system},
        });
    json::Array events;
    for (const auto& event : holdings.events)
        events.push_back(json::Object{
            {"at", base::format_instant(event.at)},
            {"event", event.kind},
            {"browser", event.device.browser},
            {"system", event.device.system},
        });
    return json::Object{
        {"account",
         json::Object{
             {"id", account.id.text},
             {"email", account.email},
             {"language", html::code_of(account.language)},
             {"createdAt", base::format_instant(account.created_at)},
             {"lastLoginAt", base::format_instant(account.last_login_at)},
             {"hasPassword", account.password_hash.has_value()},
             {"hasSecondStep", account.has_second_step},
             {"recoveryCodesLeft", holdings.recovery_codes},
         }},
        {"sessions", std::move(sessions)},
        {"events", std::move(events)},
        {"orders", holdings.orders},
    };
}

}  // namespace identity
