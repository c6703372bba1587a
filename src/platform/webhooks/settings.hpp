#pragma once

#include "base/settings.hpp"

#include <span>

namespace webhooks {

std::span<const base::Setting> settings();

}  // namespace webhooks
