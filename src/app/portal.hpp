#pragma once

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/settings.hpp"
#include "kit/http/response.hpp"

#include <memory>
#include <string>
#include <vector>

namespace api {
class Interface;
}
namespace http {
class Client;
}
namespace mail {
class Sender;
}
namespace sql {
class Database;
}
namespace catalog {
class Catalog;
}

namespace app {

// What the portal needs from outside; all of it outlives the portal. Tests bring their own.
struct World {
    const base::Clock& clock;
    base::Random& random;
    http::Client& client;
    mail::Sender& sender;
};

// The whole program but its socket: every room, put together once. Answers requests and works in the
// background. Safe to share between threads.
class Portal {
public:
    // The database has all migrations. Deploys the processes of the catalogue's services; throws
    // std::runtime_error when one cannot be run or a setting makes no sense.
    Portal(sql::Database& database, const base::Settings& settings, catalog::Catalog catalog, World world);
    ~Portal();

    // May block. Always an answer: what is our fault is a page with an incident number and a line in the log.
    http::Response handle(http::Request request);
    // From memory, or nothing. Never blocks.
    std::shared_ptr<const std::string> answer_fast(const http::Request& request) const;

    // The figures for operators, in Prometheus' text format.
    http::Response metrics() const;

    void start();  // background threads
    void stop();   // waits for the work under way

    // One bounded slice of all that is due, in this thread, for tests; says how much was done.
    std::size_t run_due();

    const api::Interface& interface() const;  // /api/v1
    std::vector<std::string> routes() const;  // "GET /konto"

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace app
