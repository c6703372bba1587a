#pragma once

#include "platform/payments/payments.hpp"

namespace runtime {
class Runtime;
}
namespace catalog {
class Catalog;
}

namespace payments {

// The job types `open-payment`, `close-payment` and `refund-payment` (docs/architecture.md).
void register_tasks(runtime::Runtime& runtime, Payments& payments, const catalog::Catalog& catalog);

// Sends the message `payment-confirmed` to the process that waits for the payment.
AnnouncePaid announce_to(runtime::Runtime& runtime);

}  // namespace payments
