#pragma once

#include "kit/sql/database.hpp"

#include <vector>

namespace app {

// The migrations of all rooms, in the order of the rooms.
std::vector<sql::Migration> all_migrations();

}  // namespace app
