#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace http {

// Threads for handlers that block, with a queue that has an end: beyond it work is refused, not piled up.
class WorkerPool {
public:
    WorkerPool(unsigned threads, std::size_t longest_queue);
    ~WorkerPool();  // finishes what was taken

    bool try_run(std::function<void()> work);  // false: too much is waiting

private:
    void work();

    std::mutex mutex_;
    std::condition_variable has_work_;
    std::deque<std::function<void()>> queue_;  // guarded by mutex_
    std::size_t longest_queue_;
    bool is_stopping_ = false;  // guarded by mutex_
    std::vector<std::thread> threads_;
};

}  // namespace http
