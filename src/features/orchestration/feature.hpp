#pragma once

#include "base/clock.hpp"
#include "kit/html/texts.hpp"
#include "kit/http/router.hpp"
#include "platform/clients/clients.hpp"
#include "process/runtime/runtime.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace sql {
class Database;
}

namespace orchestration {

// What the interface needs from the rest of the program.
struct Parts {
    sql::Database& database;
    runtime::Runtime& runtime;
    const clients::Clients& clients;
    const base::Clock& clock;
    const html::Texts& texts;
    int most_waiting;  // requests that may wait for something at once; more are answered without waiting
    std::shared_ptr<std::atomic<int>> waiting = std::make_shared<std::atomic<int>>(0);
};

// The answer where something is our fault; the operator finds the incident's number in the log.
http::Response fault(const html::Texts& texts, const http::Request& request, const std::string& incident);
// The answer while the database is away or does not get through: nothing was done, and it may be asked again.
http::Response unavailable(const html::Texts& texts, const http::Request& request);
// The answer when it was lost at the end: nobody knows whether it was done, so that clients must look.
http::Response outcome_unknown(const html::Texts& texts, const http::Request& request);

// /v2/…: what worker and operation clients of the Orchestration Cluster REST API v2 call (README.md).
std::vector<http::Route> routes(const Parts& parts);

}  // namespace orchestration
