#pragma once

#include "base/clock.hpp"
#include "base/random.hpp"
#include "kit/sql/database.hpp"
#include "process/runtime/runtime.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

// What the measuring programs of the runtime share.
namespace bench {

constexpr int callers = 32;
extern const base::TenantId tenant;

// Processes "one" and "two" (so many user tasks in a row), "joining" (sixteen at once), "job" and "jobs" (one
// service task, three in a row; job types work, work1, work2, work3) and "timer" (an hour, then the end).
std::vector<runtime::Resource> models();

// Lets `callers` threads do work(0, caller), work(1, caller) … work(times - 1, caller), the caller from 0;
// how many in a second. What one of them throws is thrown.
double per_second(int times, const std::function<void(int number, int caller)>& work);

// The system's, moved by some time.
class MovedClock final : public base::Clock {
public:
    explicit MovedClock(std::chrono::hours by = {}) : by_(by) {}
    base::Instant now() const override { return clock_.now() + by_; }
    void move(std::chrono::hours by) { by_ = by; }

private:
    base::SystemClock clock_;
    std::chrono::hours by_;
};

// A runtime on a database, with the models deployed.
class Engine {
public:
    Engine(const std::string& url, const base::Clock& clock);

    runtime::InstanceId start(std::string_view process);
    bool complete(const runtime::TaskId& id);
    std::vector<runtime::Task> tasks(const runtime::InstanceId& instance);
    bool is_completed(const runtime::InstanceId& id);
    void run_due();  // in this thread, until nothing is left

private:
    base::SystemRandom random_;
    sql::Database database_;
    runtime::Runtime runtime_;
};

// A folder under build/ that goes with it.
class Folder {
public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace bench
