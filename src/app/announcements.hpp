#pragma once

#include "platform/cases/cases.hpp"
#include "platform/payments/payments.hpp"

namespace runtime {
class Runtime;
}
namespace webhooks {
class Webhooks;
}

namespace app {

// Changes of a case become events for subscribers: "order.submitted", "order.completed", …
cases::AnnounceChange announce_changes(webhooks::Webhooks& webhooks);

// A payment is told to its process and, when money was paid, to subscribers: "order.paid".
payments::AnnouncePaid
announce_payments(runtime::Runtime& runtime, cases::Cases& cases, webhooks::Webhooks& webhooks);

}  // namespace app
