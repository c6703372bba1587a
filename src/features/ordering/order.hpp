#pragma once

#include "base/result.hpp"
#include "platform/cases/cases.hpp"
#include "process/feel/value.hpp"

#include <string>
#include <string_view>

namespace catalog {
class Catalog;
}
namespace runtime {
class Runtime;
}

namespace ordering {

// What complete answers order, before it has become a case.
struct Order {
    cases::NewCase wanted;
    feel::Value values;  // for the process, by the form's keys
};

// Whatever needs no writing. `conflict` when there is no such service (any more), `invalid` when answers are
// missing. `key`: one order for each.
base::Result<Order> prepare_order(
    const catalog::Catalog& catalog,
    const std::string& service_id,
    const json::Object& answers,
    html::Language language,
    std::string key
);

// Opens the case and starts its process, in the transaction of the municipality; a key that has ordered
// before gives the case from then.
cases::Opened
open_case(sql::Transaction& transaction, cases::Cases& cases, runtime::Runtime& runtime, const Order& order);

// What has come of an order.
struct Submitted {
    cases::Case opened_case;
    std::string link_token;  // a link to it, new each time
    bool is_new = true;      // false: it had been ordered before
};

}  // namespace ordering
