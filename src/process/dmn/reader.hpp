#pragma once

#include "process/dmn/definitions.hpp"

#include <memory>
#include <span>

namespace dmn {

// The first source with what it imports from the others.
base::Result<std::shared_ptr<const Definitions>> read_definitions(std::span<const Source> sources);

}  // namespace dmn
