#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "kit/html/texts.hpp"
#include "platform/cases/case.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace payments {

using PaymentId = base::Id<struct PaymentTag>;

// Where a payment stands. `manual`: something does not add up and a person has to look at it.
enum class State { open, pending, paid, expired, refunding, partly_refunded, refunded, manual };
std::string_view name_of(State state);
std::optional<State> parse_state(std::string_view name);

// Every legal change of a payment's state and why it happens; what is not listed cannot happen.
struct Transition {
    State from;
    State to;
    std::string_view reason;
};
std::span<const Transition> transitions();
bool may_become(State from, State to);

// What a provider says about one attempt to pay, in our words; `unknown` is kept and changes nothing.
enum class Progress {
    waiting,
    reserved,
    paid,
    cancelled,
    declined,
    failed,
    expired,
    refunding,
    partly_refunded,
    refunded,
    disputed,
    unknown
};
std::string_view name_of(Progress progress);
std::optional<Progress> parse_progress(std::string_view name);

// One attempt to pay as the provider has it in its books, read from the provider itself.
struct Reading {
    std::string transaction_id;  // the provider's number, for questions
    std::string uuid;            // the provider's identity of the transaction, the same for ever
    std::string original_uuid;   // of a refund that the provider books as a transaction of its own
    std::string reference;       // ours
    Progress progress = Progress::unknown;
    base::Money amount;
    base::Money refunded;
    std::string method;    // "twint", "post-finance-pay", "visa"
    bool is_test = false;  // not real money
};

// True when `reading` was made before `known`: answers that were asked for at the same time overtake each
// other. What only waits comes before what has failed, that before money, and money paid back only grows.
bool is_older(const Reading& reading, const Reading& known);

// What one order costs and what became of it. There is one for each case that costs something.
struct Payment {
    base::TenantId tenant;
    PaymentId id;
    cases::CaseId case_id;
    std::string reference;  // the case's; the provider echoes it
    base::Money amount;
    std::string booking_text;  // shown to the payer and on account statements
    html::Language language = html::Language::de;
    State state = State::open;
    // How the last attempt failed, for the page that offers to try again: cancelled, declined or failed.
    std::optional<Progress> failed_attempt;
    std::string method;       // that was paid with
    std::string paid_by;      // uuid of the transaction that paid it
    std::string manual_note;  // why a person has to look, for staff
    base::Instant created_at;
    std::optional<base::Instant> paid_at;
};

// What a reading means for a payment.
enum class Verdict {
    nothing,         // old news, or nothing that changes anything
    attempt_failed,  // may try again
    paid,            // exactly what was owed has arrived
    surplus,         // money for a payment that is paid or ended already: goes back
    refund_news,     // the provider pays back or has paid back
    mismatch,        // another amount or currency, or money that is not real: a person must look
    disputed         // the payer wants the money back through the bank: a person must look
};
Verdict judge(const Payment& payment, const Reading& reading, bool accepts_test_payments);

}  // namespace payments
