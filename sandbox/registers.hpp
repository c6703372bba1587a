#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "kit/http/response.hpp"
#include "sandbox/residents.hpp"

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace sandbox {

// How a business system behaves.
enum class RegisterMode {
    ok,
    slow,            // answers after 30 seconds
    failing,         // 500
    nonsense,        // 200, but not what the contract says
    another_person,  // somebody else than was asked for
    new_secret,      // 401: somebody changed the secret there and told nobody
    refusing,        // 403: tells nothing about this person
    down             // 503, as a proxy in front of a dead system says
};
std::string_view name_of(RegisterMode mode);
std::optional<RegisterMode> parse_register_mode(std::string_view name);

struct RegisterCall {
    base::Instant at;
    std::string idempotency_key;
    std::string reference;
    int status = 200;
};

// The business systems of all municipalities, by the connector contract (docs/connectors.md). That of 4001
// answers at /4001/…, to the secret "demo-connector-4001". Safe to share between threads.
class Registers {
public:
    // Whether a request is signed by whom it must be: `forbidden`, or `unavailable` when that cannot be told.
    using Check = std::function<base::Result<>(const http::Request&)>;

    // `wait` passes the time of slow answers; in tests it need not. Without `check` nobody has to sign.
    Registers(const base::Clock& clock, std::function<void(std::chrono::seconds)> wait, Check check = {});

    http::Response handle(const http::Request& request);

    RegisterMode mode(int bfs_number) const;
    void set_mode(int bfs_number, RegisterMode mode);
    std::vector<RegisterCall> calls(int bfs_number) const;  // the last hundred
    std::vector<Resident> residents(int bfs_number) const;
    void reset();

private:
    http::Response find_persons(const http::Request& request, int bfs_number, RegisterMode mode) const;
    void note(int bfs_number, RegisterCall call);

    const base::Clock& clock_;
    std::function<void(std::chrono::seconds)> wait_;
    Check check_;
    mutable std::mutex mutex_;
    std::map<int, RegisterMode> modes_;              // guarded by mutex_
    std::map<int, std::deque<RegisterCall>> calls_;  // guarded by mutex_
};

}  // namespace sandbox
