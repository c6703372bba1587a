#pragma once

#include "kit/api/schema.hpp"
#include "platform/payments/payment.hpp"

namespace payments {

// How a payment looks in the interface: the schema called "Payment".
api::Schema payment_schema();
json::Value json_of(const std::optional<Payment>& payment);  // null when nothing is to be paid

}  // namespace payments
