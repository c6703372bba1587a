#pragma once

#include "base/settings.hpp"

#include <span>

namespace payments {

std::span<const base::Setting> settings();

}  // namespace payments
