#pragma once

#include "base/clock.hpp"
#include "kit/sql/database.hpp"
#include "platform/cases/case.hpp"

#include <optional>
#include <string>

namespace ordering {

struct ProgramOrderRow {
    std::string client_id;
    std::string key_hash;
    std::string fingerprint;  // of what was ordered
    cases::CaseId case_id;
};

// What programs have ordered, for the tenant of the transaction.
class ProgramOrderStore {
public:
    explicit ProgramOrderStore(sql::Transaction& transaction) : transaction_(transaction) {}

    void add(const ProgramOrderRow& row, base::Instant now);
    std::optional<ProgramOrderRow> find(const std::string& client_id, const std::string& key_hash) const;

private:
    sql::Transaction& transaction_;
};

}  // namespace ordering
