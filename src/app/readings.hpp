#pragma once

#include "kit/http/metrics.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace sql {
class Database;
}
namespace runtime {
class Runtime;
}
namespace jobs {
class Runner;
}

namespace app {

// What /metrics tells of processes, background work, the database and the disk: looked up in one reading
// transaction. When the database does not answer, that is told and the rest is not.
std::vector<http::Reading>
read_figures(sql::Database& database, const runtime::Runtime& runtime, const jobs::Runner& runner);

// Bytes that are left on the disk of an SQLite database; nothing for others, and when nobody can say.
std::optional<std::uint64_t> free_bytes(const sql::Database& database);

}  // namespace app
