#include "platform/identity/account.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace identity {

namespace {

using Kind = AccountEventKind;
using KindName = std::pair<Kind, std::string_view>;
constexpr std::array kind_names{
    KindName{Kind::created, "created"},
    KindName{Kind::login_link, "login_link"},
    KindName{Kind::login_password, "login_password"},
    KindName{Kind::password_set, "password_set"},
    KindName{Kind::password_changed, "password_changed"},
    KindName{Kind::password_removed, "password_removed"},
    KindName{Kind::second_step_added, "second_step_added"},
    KindName{Kind::second_step_removed, "second_step_removed"},
    KindName{Kind::code_wrong, "code_wrong"},
    KindName{Kind::recovery_code_used, "recovery_code_used"},
    KindName{Kind::session_ended, "session_ended"},
    KindName{Kind::other_sessions_ended, "other_sessions_ended"},
    KindName{Kind::exported, "exported"},
    KindName{Kind::deletion_asked, "deletion_asked"},
    KindName{Kind::deleted, "deleted"},
    KindName{Kind::warned, "warned"},
    KindName{Kind::removed_unused, "removed_unused"},
    KindName{Kind::address_asked, "address_asked"},
    KindName{Kind::address_changed, "address_changed"},
};

}  // namespace

std::string_view name_of(AccountState state)
{
    return state == AccountState::warned ? "warned" : "active";
}

std::string_view name_of(AccountEventKind kind)
{
    return std::ranges::find(kind_names, kind, &KindName::first)->second;
}

std::optional<AccountEventKind> parse_account_event_kind(std::string_view name)
{
    const auto found = std::ranges::find(kind_names, name, &KindName::second);
    return found == kind_names.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace identity
