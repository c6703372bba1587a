#pragma once

#include "process/runtime/parts.hpp"

#include <vector>

namespace runtime {

// See Runtime.
std::vector<ActiveElement> active_elements(Parts& parts, sql::Transaction& transaction, const InstanceId& id);
std::vector<ElementInstance>
element_instances(Parts& parts, sql::Transaction& transaction, const InstanceId& id);

}  // namespace runtime
