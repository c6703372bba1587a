#pragma once

#include "kit/http/client.hpp"
#include "sandbox/pages.hpp"
#include "sandbox/payrexx_books.hpp"

#include <functional>
#include <mutex>
#include <string>

namespace sandbox {

// The payment provider: its REST interface and its payment pages on one address, its webhooks, and all its
// accounts. Safe to share between threads.
class Payrexx {
public:
    // `retry_factor` makes the pauses between deliveries of a webhook shorter: 1 is what Payrexx does.
    Payrexx(
        const base::Clock& clock,
        base::Random& random,
        const Pages& pages,
        std::string portal_address,
        double retry_factor = 1
    );

    http::Response handle(const http::Request& request);

    // Sends what is due through `client`; what is not taken (no 2xx) comes again up to ten times: after about
    // 1 minute, 15 minutes, 1, 2 and 4 hours, then daily. Says how many it sent.
    int deliver_due(http::Client& client);

    // For the control interface and tests: alone with the books.
    template <class Use>
    auto with_books(Use use)
    {
        const std::lock_guard lock(mutex_);
        return use(books_);
    }

private:
    const Pages& pages_;
    double retry_factor_;
    std::mutex mutex_;
    PayrexxBooks books_;  // guarded by mutex_
};

}  // namespace sandbox
