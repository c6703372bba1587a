#pragma once

#include "base/result.hpp"
#include "kit/json/json.hpp"
#include "sandbox/payrexx_books.hpp"

namespace sandbox {

// The switches of a Payrexx account as JSON; what is left out when reading stays as it was.
json::Value switches_json(const PayrexxSwitches& switches);
base::Result<PayrexxSwitches> parse_switches(const json::Value& wanted, PayrexxSwitches present);

}  // namespace sandbox
