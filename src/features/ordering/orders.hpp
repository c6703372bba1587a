#pragma once

#include "base/result.hpp"
#include "features/ordering/drafts.hpp"
#include "features/ordering/order.hpp"

#include <string>

namespace catalog {
class Catalog;
class Offers;
}  // namespace catalog
namespace runtime {
class Runtime;
}
namespace sql {
class Database;
}

namespace ordering {

// Turns drafts into cases. Each call is one transaction; a call that fails leaves nothing behind.
class Orders {
public:
    Orders(
        sql::Database& database,
        const catalog::Catalog& catalog,
        const catalog::Offers& offers,
        Drafts& drafts,
        cases::Cases& cases,
        runtime::Runtime& runtime
    );

    // Opens the case and starts its process; submitting twice gives the first case. When it returns, the
    // order is on disk. `not_found` when the draft is not this visitor's (any more); `invalid` when answers
    // are missing ("ordering.incomplete"); `conflict` when the municipality has switched the service off.
    base::Result<Submitted> submit(const DraftId& id, std::string_view visitor, html::Language language);

private:
    std::optional<Draft> find(const DraftId& id, std::string_view visitor) const;
    Submitted
    take(sql::Transaction& transaction, const Draft& draft, std::string_view visitor, const Order& order);
    Submitted known_case(const Draft& draft);

    sql::Database& database_;
    const catalog::Catalog& catalog_;
    const catalog::Offers& offers_;
    Drafts& drafts_;
    cases::Cases& cases_;
    runtime::Runtime& runtime_;
};

}  // namespace ordering
