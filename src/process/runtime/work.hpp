#pragma once

#include "kit/jobs/work_loop.hpp"
#include "process/runtime/parts.hpp"

#include <string>
#include <vector>

namespace runtime {

// Some of what is due now: timers, jobs that a worker of this program does, messages to forget.
std::vector<jobs::DueWork> look_for_work(Parts& parts);

// "a worker of this program": the name under which jobs are locked.
extern const std::string inner_worker;

}  // namespace runtime
