#pragma once

#include "platform/payments/payment_store.hpp"

#include <optional>

namespace payments {

// When to look at a payment page next: 2, 10 and 60 minutes after it was made, then daily, and for the last
// time a day after it has run out. Nothing when that was the last time.
std::optional<base::Instant> next_check(const KeptGateway& page, base::Instant now);

}  // namespace payments
