#pragma once

#include "process/runtime/parts.hpp"

#include <span>
#include <vector>

namespace runtime {

// See Runtime::deploy.
base::Result<std::vector<Deployed>>
deploy(Parts& parts, sql::Transaction& transaction, std::span<const Resource> resources);

}  // namespace runtime
