#pragma once

#include "process/runtime/parts.hpp"

#include <span>
#include <vector>

namespace runtime {

// See Runtime::deploy.
base::Result<std::vector<Deployed>>
deploy(Parts& parts, sql::Transaction& transaction, std::span<const Resource> resources);

// See Runtime::remove_version.
base::Result<> remove_version(Parts& parts, sql::Transaction& transaction, const DefinitionRow& row);

}  // namespace runtime
