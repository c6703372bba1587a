#include "app/observation.hpp"

#include "kit/http/access.hpp"

#include <iostream>

namespace app {

namespace {

using namespace std::chrono_literals;

const std::vector<std::chrono::microseconds> upper_bounds{
    500us, 1ms, 2500us, 5ms, 10ms, 25ms, 50ms, 100ms, 250ms, 500ms, 1s, 5s, 30s};

}  // namespace

Observation::Observation(const base::Clock& clock, bool writes_lines)
    : clock_(clock), writes_lines_(writes_lines),
      kept_(metrics_.counter("schalter_kept_answers_total", "Requests answered from memory."))
{
    const auto started = clock.now().time_since_epoch();
    metrics_.gauge(
        "schalter_start_time_seconds",
        "When the program started, in seconds since 1970.",
        [started] { return std::chrono::duration_cast<std::chrono::seconds>(started).count(); }
    );
}

void Observation::note(
    const http::Request& request, const http::Response& response, std::chrono::microseconds duration
)
{
    const std::string route = request.pattern.empty() ? "none" : request.pattern;
    const std::string method(http::method_name(request.method));
    metrics_
        .counter(
            "schalter_http_requests_total",
            "Requests answered, by route.",
            {{"method", method}, {"route", route}, {"status", std::to_string(response.status)}}
        )
        .add();
    metrics_
        .histogram(
            "schalter_http_request_seconds", "How long answers took.", upper_bounds, {{"route", route}}
        )
        .observe(duration);
    if (!writes_lines_)
        return;
    std::cerr << http::access_line(
                     {clock_.now(),
                      request.method,
                      route,
                      response.status,
                      response.body.size(),
                      duration,
                      request.trace_id}
                 ) + "\n";
}

}  // namespace app
