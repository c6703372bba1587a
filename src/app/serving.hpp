#pragma once

#include "app/command.hpp"
#include "base/result.hpp"
#include "base/settings.hpp"

#include <functional>
#include <string>

namespace sql {
class Database;
}

namespace app {

struct Serving {
    std::string database_url;
    std::string listen;  // HOST:PORT
    bool migrates = true;
    // Called with the migrated database before the portal is put together: the demo's data.
    std::function<void(sql::Database&)> prepare = {};
};

// Serves until SIGTERM or SIGINT, then drains. Prints "listening on http://HOST:PORT" when ready.
int serve(const base::Settings& settings, const Serving& serving, Streams& streams);

// "HOST:PORT", also "[::1]:8080".
struct Address {
    std::string host;
    unsigned short port = 0;
};
base::Result<Address> parse_address(const std::string& text);

int serve_command(Arguments arguments, Streams& streams);
int migrate_command(Arguments arguments, Streams& streams);

}  // namespace app
