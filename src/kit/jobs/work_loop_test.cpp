#include "kit/jobs/work_loop.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>

using namespace std::chrono_literals;
using jobs::DueWork;
using jobs::WorkLoop;

TEST_CASE("work is done until nothing is left, but not more than asked for")
{
    int left = 10;
    WorkLoop loop(
        [&] {
            std::vector<DueWork> due;
            for (int number = 0; number < std::min(left, 4); ++number)
                due.push_back({std::to_string(left - number), {"4001"}, [&] { --left; }});
            return due;
        },
        [](const std::string&, std::string_view) {}
    );

    CHECK(loop.run(3) == 3);
    CHECK(left == 7);
    CHECK(loop.run(100) == 7);
    CHECK(loop.run(100) == 0);
}

TEST_CASE("work that throws is reported, does not stop the rest, and does not spin")
{
    std::string reported;
    int done = 0;
    WorkLoop loop(
        [&] {
            std::vector<DueWork> due{{"bad", {"4001"}, [] { throw std::runtime_error("broken"); }}};
            if (done == 0)
                due.push_back({"good", {"4001"}, [&] { ++done; }});
            return due;
        },
        [&](const std::string& key, std::string_view message) {
            reported += key + ": " + std::string(message) + "; ";
        }
    );

    CHECK(loop.run(100) == 1);
    CHECK(done == 1);
    CHECK(reported == "bad: broken; bad: broken; ");
}

TEST_CASE("a tenant whose work hangs leaves a thread for the others")
{
    std::mutex mutex;
    std::condition_variable changed;
    bool may_end = false;
    bool is_other_done = false;
    std::atomic<int> hanging = 0;
    WorkLoop loop(
        [&] {
            std::vector<DueWork> due;
            for (int number = 0; number < 8; ++number)
                due.push_back({"slow " + std::to_string(number), {"4001"}, [&] {
                                   ++hanging;
                                   std::unique_lock lock(mutex);
                                   changed.wait(lock, [&] { return may_end; });
                               }});
            due.push_back({"quick", {"4002"}, [&] {
                               const std::lock_guard lock(mutex);
                               is_other_done = true;
                               changed.notify_all();
                           }});
            return due;
        },
        [](const std::string&, std::string_view) {}
    );
    loop.start(3);

    std::unique_lock lock(mutex);
    CHECK(changed.wait_for(lock, 20s, [&] { return is_other_done; }));
    CHECK(hanging <= 2);
    may_end = true;
    changed.notify_all();
    lock.unlock();
    loop.stop();
}

TEST_CASE("waking makes threads look at once")
{
    std::mutex mutex;
    std::condition_variable changed;
    int waiting = 0;
    WorkLoop loop(
        [&] {
            const std::lock_guard lock(mutex);
            std::vector<DueWork> due;
            for (int number = 0; number < waiting; ++number)
                due.push_back({std::to_string(waiting - number), {std::to_string(number)}, [&] {
                                   const std::lock_guard inner(mutex);
                                   if (waiting == 0)
                                       return;  // the other thread was first, after both had looked
                                   --waiting;
                                   changed.notify_all();
                               }});
            return due;
        },
        [](const std::string&, std::string_view) {}
    );
    loop.start(2);

    for (int round = 0; round < 20; ++round) {
        {
            const std::lock_guard lock(mutex);
            ++waiting;
        }
        loop.wake();
        std::unique_lock lock(mutex);
        REQUIRE(changed.wait_for(lock, 20s, [&] { return waiting == 0; }));
    }
}

TEST_CASE("threads that cannot look say so once, and go on when they can again")
{
    std::mutex mutex;
    std::condition_variable changed;
    int looks = 0;
    int reports = 0;
    bool is_done = false;
    WorkLoop loop(
        [&] {
            const std::lock_guard lock(mutex);
            changed.notify_all();
            if (++looks <= 3)
                throw std::runtime_error("the database is away");
            return std::vector<DueWork>{{"a", {"4001"}, [&] {
                                             const std::lock_guard inner(mutex);
                                             is_done = true;
                                             changed.notify_all();
                                         }}};
        },
        [&](const std::string&, std::string_view) {
            const std::lock_guard lock(mutex);
            ++reports;
        }
    );

    loop.start(1);
    std::unique_lock lock(mutex);
    CHECK(changed.wait_for(lock, 20s, [&] { return is_done; }));
    lock.unlock();
    loop.stop();

    CHECK(reports == 1);
}

TEST_CASE("a backlog leaves the machine time for others")
{
    std::atomic<int> done = 0;
    std::mutex mutex;
    std::condition_variable changed;
    WorkLoop loop(
        [&] {
            std::vector<DueWork> due;
            if (done < 10)
                due.push_back({
                    .key = "piece",
                    .tenant = {"4001"},
                    .run =
                        [&] {
                            const base::Stopwatch watch;
                            while (watch.elapsed() < 1ms)
                                ;
                            const std::lock_guard lock(mutex);
                            ++done;
                            changed.notify_all();
                        },
                    .is_backlog = true,
                });
            return due;
        },
        [](const std::string&, std::string_view) {}
    );
    const base::Stopwatch watch;
    loop.start(1);
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return done == 10; });
    }
    // Ten pieces of a millisecond each, and four times as long after each but the last.
    CHECK(watch.elapsed() >= 10ms + 9 * 4ms);
    loop.stop();
}
