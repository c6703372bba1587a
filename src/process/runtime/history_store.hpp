#pragma once

#include "base/clock.hpp"

#include <cstddef>

namespace sql {
class Transaction;
}

namespace runtime {

// What is kept of instances that are over, of all tenants: an hour after the end a trail is packed into one
// row, and when its time is up an instance is forgotten with all that was kept of it. Both need a transaction
// across tenants.
bool has_history_to_tend(sql::Transaction& transaction, base::Instant now);
// `most` instances at most.
void tend_history(sql::Transaction& transaction, base::Instant now, std::size_t most);

}  // namespace runtime
