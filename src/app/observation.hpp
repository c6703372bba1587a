#pragma once

#include "base/clock.hpp"
#include "kit/http/metrics.hpp"
#include "kit/http/response.hpp"

#include <chrono>

namespace app {

// What an operator may know of each request: figures for /metrics and, when wanted, a line of JSON on
// standard error. Both name routes, never addresses, which can carry names and secret codes.
class Observation {
public:
    Observation(const base::Clock& clock, bool writes_lines);

    void
    note(const http::Request& request, const http::Response& response, std::chrono::microseconds duration);
    // An answer from memory, on the event loop: only counted.
    void note_kept() { kept_.add(); }

    http::Metrics& metrics() { return metrics_; }

private:
    const base::Clock& clock_;
    bool writes_lines_;
    http::Metrics metrics_;
    http::Counter& kept_;
};

}  // namespace app
