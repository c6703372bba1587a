#include "kit/jobs/work_loop.hpp"

#include "base/thread_order.hpp"

#include <chrono>
#include <utility>

namespace jobs {

namespace {

constexpr std::size_t pieces_per_look = 64;
// How long something waits at most that another program wrote, or that became due by itself.
constexpr std::chrono::milliseconds longest_nap{250};
// Who has looked in vain, perhaps because others have it all in hand, does not look again sooner.
constexpr std::chrono::milliseconds shortest_nap{5};
// Of a backlog.
constexpr int rests_per_work = 4;

}  // namespace

bool WorkLoop::is_stopping() const
{
    const std::lock_guard lock(mutex_);
    return is_stopping_;
}

bool WorkLoop::take_in_hand(const DueWork& work)
{
    const std::lock_guard lock(mutex_);
    const std::size_t share = threads_.size() < 2 ? 1 : threads_.size() - 1;
    if (in_hand_of_[work.tenant] >= share || !in_hand_.insert(work.key).second)
        return false;
    ++in_hand_of_[work.tenant];
    return true;
}

void WorkLoop::put_down(const DueWork& work)
{
    const std::lock_guard lock(mutex_);
    in_hand_.erase(work.key);
    if (--in_hand_of_[work.tenant] == 0)
        in_hand_of_.erase(work.tenant);
}

// True when it was done.
bool WorkLoop::run_piece(const DueWork& work, Pace pace)
{
    const base::Stopwatch watch;
    bool is_done = true;
    try {
        work.run();
    } catch (const std::exception& error) {
        is_done = false;
        report_(work.key, error.what());
    }
    if (work.is_backlog && pace == Pace::resting)
        rest(rests_per_work * watch.elapsed());
    put_down(work);
    return is_done;
}

void WorkLoop::rest(std::chrono::microseconds duration)
{
    std::unique_lock lock(mutex_);
    stopped_.wait_for(lock, duration, [&] { return is_stopping_; });
}

std::size_t WorkLoop::run_some(std::size_t most, Pace pace)
{
    std::size_t done = 0;
    for (const auto& work : look_()) {
        if (done == most || is_stopping())
            break;
        if (take_in_hand(work) && run_piece(work, pace))
            ++done;
    }
    return done;
}

std::size_t WorkLoop::run(std::size_t most)
{
    std::size_t done = 0;
    while (done < most) {
        const auto some = run_some(most - done, Pace::swift);
        if (some == 0)
            break;
        done += some;
    }
    return done;
}

// Empty: it went well.
void WorkLoop::note_look(const std::string& trouble)
{
    {
        const std::lock_guard lock(mutex_);
        if (std::exchange(trouble_, trouble) == trouble)
            return;
    }
    if (!trouble.empty())
        report_("look", trouble);
}

void WorkLoop::run_thread()
{
    base::give_way();
    for (std::uint64_t known = 0; !is_stopping();) {
        {
            const std::lock_guard lock(mutex_);
            known = news_;
        }
        std::size_t done = 0;
        std::string trouble;
        try {
            done = run_some(pieces_per_look, Pace::resting);
        } catch (const std::exception& error) {
            trouble = error.what();
        }
        note_look(trouble);
        if (done > 0)
            continue;
        rest(shortest_nap);
        std::unique_lock lock(mutex_);
        woken_.wait_for(lock, longest_nap, [&] { return news_ != known || is_stopping_; });
    }
}

void WorkLoop::start(std::size_t threads)
{
    const std::lock_guard lock(mutex_);
    for (std::size_t number = 0; number < threads; ++number)
        threads_.emplace_back([this] { run_thread(); });
}

void WorkLoop::stop()
{
    std::vector<std::jthread> ending;
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
        ending.swap(threads_);
    }
    woken_.notify_all();
    stopped_.notify_all();
    ending.clear();  // joins
    const std::lock_guard lock(mutex_);
    is_stopping_ = false;
}

void WorkLoop::wake()
{
    {
        const std::lock_guard lock(mutex_);
        ++news_;
    }
    woken_.notify_all();
}

}  // namespace jobs
