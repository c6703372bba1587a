#pragma once

#include "base/clock.hpp"
#include "base/random.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sql {
class Database;
}
namespace crypto {
class Sealer;
}

namespace app {

// Somebody who can log in at the demo's desk.
struct DemoClerk {
    std::string_view bfs_number;
    std::string_view email;
    std::string_view name;
};
std::vector<DemoClerk> demo_clerks();
inline constexpr std::string_view demo_password = "schalter-demo";

// Fills an empty database with the demo canton (examples/aargau): municipalities, offers, clerks. What is
// there already stays. `services` are those of the catalogue. The addresses of the outside world are set each
// time.
void load_demo(
    sql::Database& database,
    const crypto::Sealer& sealer,
    const base::Clock& clock,
    base::Random& random,
    const std::vector<std::string>& services,
    const std::string& registers_address
);

}  // namespace app
