#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "kit/http/client.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

// The public keys of the portal, as a business system keeps them: fetched when an unknown one is named. Safe
// to share between threads.
class PortalKeys {
public:
    PortalKeys(http::Client& client, const base::Clock& clock, std::string portal_address);

    // Whether the portal has signed the request. `forbidden` when not, `unavailable` when that cannot be told
    // because the portal does not give its keys.
    base::Result<> check(const http::Request& request);

private:
    std::optional<std::string> find(std::string_view id);
    bool fetch();

    http::Client& client_;
    const base::Clock& clock_;
    std::string address_;
    std::mutex mutex_;
    std::map<std::string, std::string, std::less<>> keys_;  // by id; guarded by mutex_
};

}  // namespace sandbox
