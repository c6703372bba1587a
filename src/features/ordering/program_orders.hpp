#pragma once

#include "base/clock.hpp"
#include "features/ordering/order.hpp"
#include "features/ordering/program_order_store.hpp"

#include <string>

namespace catalog {
class Offers;
}
namespace crypto {
class Sealer;
}
namespace sql {
class Database;
}

namespace ordering {

// What a program orders for somebody.
struct ProgramOrder {
    base::TenantId tenant;  // of the municipality
    std::string service_id;
    html::Language language = html::Language::de;
    json::Object answers;  // as the form keeps them (catalog::check_answers)
    std::string client_id;
    std::string client_name;  // for the case's history
    std::string key;          // the program's own: the same key never orders twice
};

// The parts that orders of programs are made of; all of them outlive ProgramOrders.
struct ProgramParts {
    sql::Database& database;
    const base::Clock& clock;
    const crypto::Sealer& sealer;
    const catalog::Catalog& catalog;
    const catalog::Offers& offers;
    cases::Cases& cases;
    runtime::Runtime& runtime;
};

// Turns what programs order into cases. Each call is one transaction; a call that fails leaves nothing
// behind.
class ProgramOrders {
public:
    explicit ProgramOrders(const ProgramParts& parts) : parts_(parts) {}

    // Ordering twice under one key gives the first case, also when the service is switched off meanwhile.
    // `conflict` for a key under which something else was ordered ("ordering.key_used") and for a service
    // that the municipality does not offer; `invalid` when answers are missing. When it returns, the order is
    // on disk.
    base::Result<Submitted> place(const ProgramOrder& wanted);

private:
    base::Result<Submitted>
    repeat(sql::Transaction& transaction, const ProgramOrderRow& earlier, const std::string& fingerprint);
    std::string fingerprint_of(const ProgramOrder& order) const;

    ProgramParts parts_;
};

}  // namespace ordering
