#pragma once

#include "base/result.hpp"

#include <string_view>

namespace sql {
class Transaction;
}

namespace tenancy {

// The text of four CSV files (RFC 4180, UTF-8, with a header line; examples/aargau/README.md lists the
// columns).
struct CantonFiles {
    std::string_view municipalities;
    std::string_view localities;
    std::string_view former;
    std::string_view responsibilities;
};

// Replaces the canton's municipalities, localities, former municipalities and responsibilities, in a
// transaction of the canton's tenant or across tenants. `invalid` names file, line and column; nothing is
// written then.
base::Result<> load_canton(sql::Transaction& transaction, const CantonFiles& files);

}  // namespace tenancy
