#pragma once

#include "kit/api/schema.hpp"

#include <string>
#include <vector>

namespace desk {

// How cases look in the interface.
api::Schemas case_schemas();
std::vector<std::string> case_states();

}  // namespace desk
