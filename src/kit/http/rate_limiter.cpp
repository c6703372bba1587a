#include "kit/http/rate_limiter.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace http {

RateLimiter::RateLimiter(Limits limits, const base::Clock& clock) : limits_(limits), clock_(clock) {}

RateLimiter::Verdict RateLimiter::take(std::string_view key)
{
    const auto now = clock_.now();
    const std::scoped_lock lock(mutex_);
    const auto full_at = std::max(full_again(key), now) + limits_.interval;
    const auto over = full_at - now - limits_.burst * limits_.interval;
    if (over > std::chrono::milliseconds(0))
        return {false, std::chrono::ceil<std::chrono::seconds>(over)};
    remember(key, full_at);
    return {};
}

std::size_t RateLimiter::known_keys() const
{
    const std::scoped_lock lock(mutex_);
    return recent_.size() + earlier_.size();
}

base::Instant RateLimiter::full_again(std::string_view key) const
{
    for (const Buckets* buckets : {&recent_, &earlier_})
        if (const auto found = buckets->find(key); found != buckets->end())
            return found->second;
    return {};
}

void RateLimiter::remember(std::string_view key, base::Instant full_at)
{
    if (const auto found = recent_.find(key); found != recent_.end()) {
        found->second = full_at;
        return;
    }
    if (recent_.size() >= std::max<std::size_t>(1, limits_.keys / 2)) {
        earlier_ = std::move(recent_);
        recent_.clear();
    }
    recent_.emplace(key, full_at);
}

std::string client_network(std::string_view address)
{
    std::array<unsigned char, 16> bytes{};
    const std::string text(address);
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1)
        return text;
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    std::array<char, INET6_ADDRSTRLEN> network{};
    inet_ntop(AF_INET6, bytes.data(), network.data(), network.size());
    return std::string(network.data()) + "/64";
}

}  // namespace http
