#pragma once

#include "kit/sql/database.hpp"
#include "process/runtime/values.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace runtime {

struct WaitingMessage {
    std::string key;  // of its row
    Variables variables;
};

// The rows of one tenant's messages that wait for a process, or whose id must still be recognised. The only
// place that knows these tables.
class MessageStore {
public:
    MessageStore(sql::Transaction& transaction, base::TenantId tenant)
        : transaction_(transaction), tenant_(std::move(tenant))
    {
    }

    // Whoever publishes a message, or begins to wait for one, holds this until the end of the transaction:
    // else each could miss the other.
    void lock(std::string_view name, std::string_view correlation_key);

    bool is_known(const Message& message) const;
    // False when a message of that id is known for this name and key.
    bool add(const std::string& key, const Message& message, base::Instant expires);
    // The oldest one that has not yet reached this process.
    std::optional<WaitingMessage> find_waiting(
        std::string_view name,
        std::string_view correlation_key,
        const std::string& process_id,
        base::Instant now
    ) const;
    void note_delivery(const std::string& key, const std::string& process_id);

private:
    sql::Transaction& transaction_;
    base::TenantId tenant_;
};

// Of all tenants. Both need a transaction across tenants.
bool has_expired_messages(sql::Transaction& transaction, base::Instant now);
std::size_t forget_expired_messages(sql::Transaction& transaction, base::Instant now);

}  // namespace runtime
