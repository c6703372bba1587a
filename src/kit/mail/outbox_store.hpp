#pragma once

#include "base/clock.hpp"
#include "kit/mail/outbox.hpp"
#include "kit/sql/database.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace mail {

enum class Settled { sent, refused };

// The table of outgoing mails; the only file that knows it.
class OutboxStore {
public:
    // `tenant` may differ from the transaction's when that one spans all tenants.
    OutboxStore(sql::Transaction& transaction, base::TenantId tenant);

    void add(std::string_view id, const sql::Blob& sealed_message, base::Instant now);
    std::optional<sql::Blob> find_waiting(std::string_view id);
    // Forgets the message. Harmless when it was settled before.
    void settle(std::string_view id, Settled how, std::string_view reason, base::Instant now);

    // Of all tenants; the transaction spans them.
    static std::vector<RefusedMail> refused(sql::Transaction& transaction, std::size_t most);
    static std::int64_t forget_settled_before(sql::Transaction& transaction, base::Instant moment);

private:
    sql::Transaction& transaction_;
    base::TenantId tenant_;
};

}  // namespace mail
