#include "base/trace.hpp"

#include <utility>

namespace base {

namespace {

std::string& trace_of_thread()
{
    thread_local std::string id;
    return id;
}

}  // namespace

const std::string& current_trace()
{
    return trace_of_thread();
}

TraceScope::TraceScope(std::string trace_id) : before_(std::exchange(trace_of_thread(), std::move(trace_id)))
{
}

TraceScope::~TraceScope()
{
    trace_of_thread() = std::move(before_);
}

}  // namespace base
