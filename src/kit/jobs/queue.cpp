#include "kit/jobs/queue.hpp"

#include "base/ordered_id.hpp"
#include "base/random.hpp"
#include "kit/jobs/job_store.hpp"

namespace jobs {

Queue::Queue(const base::Clock& clock, base::Random& random) : clock_(clock), random_(random) {}

bool Queue::enqueue(sql::Transaction& transaction, const NewJob& job)
{
    const auto& tenant = transaction.tenant();
    const auto owner = tenant.text == "*" ? base::TenantId{"canton"} : tenant;
    const auto now = clock_.now();
    const auto due = job.due.value_or(now);
    if (!JobStore(transaction).add(owner, {base::ordered_id(now, random_)}, job, due))
        return false;
    if (due <= now)
        transaction.after_commit([this] { tell_listeners(); });
    return true;
}

void Queue::on_enqueued(std::function<void()> action)
{
    const std::lock_guard lock(mutex_);
    listeners_.push_back(std::move(action));
}

void Queue::tell_listeners()
{
    const std::lock_guard lock(mutex_);
    for (const auto& listener : listeners_)
        listener();
}

}  // namespace jobs
