#include "platform/identity/account.hpp"

namespace identity {

std::string_view name_of(AccountState state)
{
    return state == AccountState::warned ? "warned" : "active";
}

std::string_view name_of(AccountEventKind kind)
{
    switch (kind) {
    case AccountEventKind::created: return "created";
    case AccountEventKind::login_link: return "login_link";
    case AccountEventKind::login_password: return "login_password";
    case AccountEventKind::password_set: return "password_set";
    case AccountEventKind::password_changed: return "password_changed";
    case AccountEventKind::password_removed: return "password_removed";
    }
    return {};
}

}  // namespace identity
