#pragma once

#include <string>

namespace base {

// The trace that what this thread does belongs to: 32 hexadecimal digits (W3C Trace Context, trace-id), the
// same in every program that takes part; empty when it belongs to none.
const std::string& current_trace();

// From its beginning to its end, what the thread does belongs to that trace.
class TraceScope {
public:
    explicit TraceScope(std::string trace_id);
    ~TraceScope();
    TraceScope(const TraceScope&) = delete;
    TraceScope& operator=(const TraceScope&) = delete;

private:
    std::string before_;
};

}  // namespace base
