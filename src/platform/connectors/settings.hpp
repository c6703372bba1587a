#pragma once

#include "base/settings.hpp"

#include <span>

namespace connectors {

std::span<const base::Setting> settings();

}  // namespace connectors
