#pragma once

#include "kit/api/schema.hpp"

namespace catalog {

// How services, their forms and offers look in the interface.
api::Schemas service_schemas();

}  // namespace catalog
