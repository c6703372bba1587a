#pragma once

#include <cstdint>
#include <string>

namespace sql {
class Database;
}

namespace app {

// What keeps this program from its work, a sentence for operators; empty when nothing does. Asks the database
// whether it answers and has this program's schema, and whether its disk has `least_free` bytes left.
std::string find_trouble(sql::Database& database, std::uint64_t least_free);

}  // namespace app
