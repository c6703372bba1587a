#pragma once

#include "platform/cases/case.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sql {
class Transaction;
}
namespace crypto {
class Sealer;
}

namespace cases {

class CaseMail;
class Cases;

inline constexpr std::size_t longest_message = 2000;  // code points

// What resident and authority write to each other about a case.
struct Message {
    base::Instant written_at;
    bool is_of_resident = false;
    std::string author;  // the clerk's name; empty for the resident
    std::string text;
    bool asks_correction = false;  // the authority asks the resident to correct the answers
};

// The messages of all cases, sealed at rest. Every call works in the caller's transaction, for its tenant.
class Messages {
public:
    Messages(const base::Clock& clock, const crypto::Sealer& sealer, Cases& cases, const CaseMail& mail);

    // Tells the other side by mail that there is something to read, and writes a line of history. `invalid`
    // ("cases.message_missing", "cases.message_too_long") for a text that is none.
    base::Result<> write(sql::Transaction& transaction, const Case& about, Message message) const;
    std::vector<Message> of_case(sql::Transaction& transaction, const CaseId& id) const;  // in order

private:
    const base::Clock& clock_;
    const crypto::Sealer& sealer_;
    Cases& cases_;
    const CaseMail& mail_;
};

// Whether the authority has asked for a correction that the resident has not made yet.
bool awaits_correction(const std::vector<Message>& messages, const std::vector<Event>& history);

}  // namespace cases
