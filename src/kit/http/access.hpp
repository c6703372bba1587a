#pragma once

#include "base/clock.hpp"
#include "kit/http/request.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace base {
class Random;
}

namespace http {

// Ties what one request caused together, here and at neighbours (W3C Trace Context Level 1).
struct Trace {
    std::string id;    // 32 hexadecimal digits, the same in every program that took part
    std::string span;  // 16 hexadecimal digits, our part
    bool is_sampled = false;

    std::string traceparent() const;  // for requests to neighbours
};

Trace new_trace(base::Random& random);
// Goes on with the caller's traceparent when it is well formed, else begins a new trace.
Trace trace_of(const Request& request, base::Random& random);

struct Access {
    base::Instant at;
    Method method = Method::get;
    std::string_view pattern;  // Request::pattern; paths and queries can carry names and secret codes
    int status = 0;
    std::size_t body_size = 0;
    std::chrono::microseconds duration{0};
    std::string_view trace_id;
};

// A fault as a line of JSON without its line break. `what` holds no personal data.
struct Fault {
    base::Instant at;
    std::string_view where;     // a route, a kind of work
    std::string_view what;      // any text
    std::string_view incident;  // the number that a person saw; empty: nobody did
    std::string_view trace_id;
};
std::string fault_line(const Fault& fault);

// One request as a line of JSON without its line break. Holds nothing that says who asked, or for whom.
std::string access_line(const Access& access);

}  // namespace http
