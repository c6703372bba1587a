#pragma once

#include "base/clock.hpp"
#include "kit/http/circuit.hpp"
#include "kit/http/client.hpp"

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace http {

// A client that spares neighbours which are not well, and us the waiting for them: one circuit breaker per
// address. No answer, 429 and 5xx are failures. While a circuit is open the answer is `unavailable` at once
// ("http.resting"). What could not even be sent is tried once more. Safe to share between threads.
class GuardedClient final : public Client {
public:
    GuardedClient(Client& client, const base::Clock& clock, const CircuitRules& rules);

    base::Result<Response> send(const ClientRequest& request) override;

    std::size_t open_circuits() const;  // half open ones too

private:
    class Call;

    Client& client_;
    const base::Clock& clock_;
    CircuitRules rules_;
    mutable std::mutex mutex_;
    std::map<std::string, Circuit> circuits_;  // of those who have failed; guarded by mutex_
};

}  // namespace http
