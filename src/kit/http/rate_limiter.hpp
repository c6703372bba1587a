#pragma once

#include "base/clock.hpp"

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace http {

// Lets each key (a client's network, an account) try `burst` times at once and then once every `interval`:
// a token bucket, kept as the moment at which it will be full again. Safe to share between threads.
// Holds `keys` keys at most; who has not been seen for longest is forgotten first, so a flood of new keys
// can win a key its burst back, but never memory.
class RateLimiter {
public:
    struct Limits {
        int burst = 5;
        std::chrono::milliseconds interval{60000};
        std::size_t keys = 100000;
    };

    struct Verdict {
        bool is_allowed = true;
        std::chrono::seconds retry_after{0};  // for Retry-After (RFC 9110 section 10.2.3)
    };

    RateLimiter(Limits limits, const base::Clock& clock);

    Verdict take(std::string_view key);
    std::size_t known_keys() const;

private:
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    using Buckets = std::unordered_map<std::string, base::Instant, Hash, std::equal_to<>>;

    base::Instant full_again(std::string_view key) const;
    void remember(std::string_view key, base::Instant full_at);

    Limits limits_;
    const base::Clock& clock_;
    mutable std::mutex mutex_;
    Buckets recent_;   // guarded by mutex_
    Buckets earlier_;  // guarded by mutex_; the generation that is forgotten next
};

// Whose attempts count as one client's: an IPv4 address itself, the first 64 bits of an IPv6 address,
// since one household has all the addresses below it. Other text stands for itself.
std::string client_network(std::string_view address);

}  // namespace http
