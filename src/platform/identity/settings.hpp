#pragma once

#include "base/settings.hpp"

#include <span>

namespace identity {

std::span<const base::Setting> settings();

}  // namespace identity
