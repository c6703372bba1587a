#pragma once

#include "platform/payments/payments.hpp"

#include <string>

namespace payments {

class PaymentStore;

// What follows when the provider's books and ours are compared; all of it in the caller's transaction.

// Takes in what the provider said about a transaction: the payment's new state, the message to the process,
// the case's history, money that goes back. Old news and transactions that are none of ours change nothing.
void reckon(const Parts& parts, sql::Transaction& transaction, const Reading& reading);

// The payer is on the provider's page.
void send_to_provider(PaymentStore& store, Payment& payment);

// Wants all that paid the payment back, once for each key, and a job that sees to it after `patience`:
// whoever wants to see to it first has so long.
void want_refund(
    const Parts& parts,
    sql::Transaction& transaction,
    const Payment& payment,
    const std::string& key,
    std::chrono::minutes patience
);

// Something does not add up: a person has to look. `note` is for staff.
void hand_to_person(const Parts& parts, sql::Transaction& transaction, Payment& payment, std::string note);

}  // namespace payments
