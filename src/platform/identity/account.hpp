#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "kit/html/texts.hpp"
#include "platform/identity/device.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace identity {

using AccountId = base::Id<struct AccountTag>;

// `warned`: nobody has used it for long, and its owner was told that it will be removed. The next login makes
// it active again.
enum class AccountState { active, warned };
std::string_view name_of(AccountState state);

// A resident's account. It holds how somebody logs in; orders belong to the e-mail address.
struct Account {
    AccountId id;
    std::string email;                             // lower case
    html::Language language = html::Language::de;  // of the last login, for mails
    AccountState state = AccountState::active;
    base::Instant created_at;
    base::Instant last_login_at;
    std::optional<std::string> password_hash = {};
    bool has_second_step = false;  // logging in asks for a code
};

// What happened with an account; shown as "identity.event_<kind>".
enum class AccountEventKind {
    created,
    login_link,
    login_password,
    password_set,
    password_changed,
    password_removed,
    second_step_added,
    second_step_removed,
    code_wrong,
    recovery_code_used,
    session_ended,
    other_sessions_ended,
    exported,
    deletion_asked,
    deleted,
    warned,
    removed_unused,
    address_asked,
    address_changed,
};
std::string_view name_of(AccountEventKind kind);
std::optional<AccountEventKind> parse_account_event_kind(std::string_view name);

struct AccountEvent {
    base::Instant at;
    std::string kind;
    Device device;  // empty for what no person did
};

// Who is at the door, and how they came.
struct Arrival {
    Device device;
    html::Language language = html::Language::de;
};

}  // namespace identity
