#include "platform/payments/check_plan.hpp"

#include <algorithm>

namespace payments {

std::optional<base::Instant> next_check(const KeptGateway& page, base::Instant now)
{
    using std::chrono::days;
    using std::chrono::minutes;
    const auto last = page.valid_until + days(1);
    if (now >= last)
        return std::nullopt;
    for (const auto after : {minutes(2), minutes(10), minutes(60)})
        if (page.created_at + after > now)
            return std::min(page.created_at + after, last);
    const auto whole_days = std::chrono::floor<days>(now - page.created_at);
    return std::min(page.created_at + whole_days + days(1), last);
}

}  // namespace payments
