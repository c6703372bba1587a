#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "platform/cases/case.hpp"
#include "platform/connectors/business_system.hpp"
#include "platform/connectors/finding.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace sql {
class Database;
class Transaction;
}  // namespace sql
namespace crypto {
class Sealer;
}
namespace cases {
class Cases;
}

namespace connectors {

// The parts that connectors are made of; all of them outlive Connectors.
struct Parts {
    sql::Database& database;
    const base::Clock& clock;
    const crypto::Sealer& sealer;
    http::Client& client;
    cases::Cases& cases;
    std::chrono::milliseconds patience{10000};  // with one answer of a business system
};

// The way to the municipalities' business systems.
class Connectors {
public:
    explicit Connectors(Parts parts);

    // The tenant's business system; its secret is sealed at rest.
    void set_connector(sql::Transaction& transaction, const Connector& connector);

    // Asks the tenant's business system for the person that the case is about, keeps at the case what it said
    // (sealed; empty when it has found nobody) and says what came of it. Asking twice with one key is fine:
    // nothing is changed over there. Errors are those of find_person; `not_found`: no such case, or the
    // tenant has no business system.
    base::Result<Finding>
    fetch_person(const base::TenantId& tenant, const cases::CaseId& id, const std::string& key);

private:
    Parts parts_;
};

// Whom a case is about, from its answers. The keys are the same in all services: person.last_name,
// person.first_name, person.date_of_birth, person.ahv_number.
Wanted wanted_in(const cases::Case& ordered);

}  // namespace connectors
