#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sql {
class Transaction;
}

namespace catalog {

// Which municipality has switched on which service.
class Offers {
public:
    explicit Offers(const base::Clock& clock) : clock_(clock) {}

    // For the transaction's tenant.
    void switch_on(sql::Transaction& transaction, std::string_view service_id) const;
    void switch_off(sql::Transaction& transaction, std::string_view service_id) const;
    bool is_offered(sql::Transaction& transaction, std::string_view service_id) const;
    std::set<std::string> offered(sql::Transaction& transaction) const;  // service ids

    // BFS numbers of the municipalities that offer it; the transaction reads across tenants.
    std::set<int> offering(sql::Transaction& transaction, std::string_view service_id) const;

private:
    const base::Clock& clock_;
};

// Switches services on and off as a CSV file says (columns service_id, bfs_number, offered), line by line,
// for the demo and tests; "*" stands for all of `services`. The transaction is one across tenants. `invalid`
// names line and column.
base::Result<> load_offers(
    sql::Transaction& transaction,
    std::string_view csv,
    const std::vector<std::string>& services,
    base::Instant now
);

}  // namespace catalog
