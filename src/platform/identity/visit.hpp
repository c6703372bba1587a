#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "kit/html/texts.hpp"
#include "kit/http/router.hpp"
#include "platform/identity/device.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace identity {

enum class SessionKind { resident, staff };

// What somebody who works for an authority may do there.
enum class Role { clerk, administrator, programme_office };

// Somebody who has logged in. Residents have an e-mail address and no tenant.
struct Session {
    SessionKind kind = SessionKind::resident;
    std::string subject;  // the user's id, or the account's
    std::string email;
    std::string name;       // staff only
    base::TenantId tenant;  // staff only: the one authority they work for
    std::vector<Role> roles;
    std::string id = {};  // tells it apart from others of the same person; opens nothing
    base::Instant begun_at = {};
};

// A session as others of the same person are told about it.
struct KeptSession {
    Session session;
    base::Instant last_seen_at;
    Device device;
};

// What a handler knows about who asks. Made once per request by the Doorkeeper.
struct Visit {
    html::Language language = html::Language::de;
    std::string
        visitor;  // 128 random bits in this browser's cookie: owns drafts and opened cases, nothing else
    std::optional<Session> session;
    std::string csrf_token;  // goes into every form as the hidden field "csrf"
    base::Instant now;
    bool is_secure = false;
};

using PageHandler = std::function<http::Response(const http::Request&, const Visit&)>;

}  // namespace identity
