#include "kit/http/worker_pool.hpp"

#include "base/thread_order.hpp"

#include <utility>

namespace http {

WorkerPool::WorkerPool(unsigned threads, std::size_t longest_queue) : longest_queue_(longest_queue)
{
    for (unsigned index = 0; index < threads; ++index)
        threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool()
{
    {
        const std::scoped_lock lock(mutex_);
        is_stopping_ = true;
    }
    has_work_.notify_all();
    for (auto& thread : threads_)
        thread.join();
}

bool WorkerPool::try_run(std::function<void()> work)
{
    {
        const std::scoped_lock lock(mutex_);
        if (queue_.size() >= longest_queue_)
            return false;
        queue_.push_back(std::move(work));
    }
    has_work_.notify_one();
    return true;
}

void WorkerPool::work()
{
    base::go_first();
    for (;;) {
        std::function<void()> next;
        {
            std::unique_lock lock(mutex_);
            has_work_.wait(lock, [this] { return is_stopping_ || !queue_.empty(); });
            if (queue_.empty())
                return;
            next = std::move(queue_.front());
            queue_.pop_front();
        }
        next();
    }
}

}  // namespace http
